import { maskNumber } from '@cekura-kit/call-format'

console.log(maskNumber('+15550100011'))
