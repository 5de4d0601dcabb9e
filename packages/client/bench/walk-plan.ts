/** What is walked: `pages` pages in all, of the whole set or of the windows that a range is split into. */
export const pages = 200
export const pageSize = 100
export const windows = 40
export const pagesPerWindow = pages / windows
export const latencyMs = 50
export const start = Date.parse('2024-01-01T00:00:00Z')
