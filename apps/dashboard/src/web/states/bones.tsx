/** Gray shapes in place of what is loading. */
export const Bones = ({ count, className = '' }: { count: number; className?: string }) =>
  Array.from({ length: count }, (_, index) => <div key={index} className={`bone ${className}`} />)
