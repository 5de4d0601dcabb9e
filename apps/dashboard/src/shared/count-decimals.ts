/** How many decimals a number is written with; 0 for one with an exponent. */
export const countDecimals = (value: number): number =>
  /e/.test(String(value)) ? 0 : (String(value).split('.')[1]?.length ?? 0)
