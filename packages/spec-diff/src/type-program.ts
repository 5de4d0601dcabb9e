import ts from 'typescript'

/** One generated file, ready to be walked. */
export interface TypeModule {
  /** Type of an export by name; undefined when the file has none. */
  exported(name: string): ts.Type | undefined
}

export interface TypeProgram {
  checker: ts.TypeChecker
  old: TypeModule
  new: TypeModule
}

// What generated files use of the standard library. The real one costs half a second.
const library = `
interface Array<T> { length: number; [index: number]: T; map(): void; push(item: T): number }
interface ReadonlyArray<T> { readonly length: number; readonly [index: number]: T }
interface Boolean { valueOf(): boolean }
interface CallableFunction { call(): void }
interface Function { bind(): void }
interface IArguments { length: number }
interface NewableFunction { call(): void }
interface Number { toFixed(): string }
interface Object { constructor: Function }
interface RegExp { exec(): void }
interface String { charAt(): string; readonly length: number }
interface Date { getTime(): number }
type Record<K extends keyof any, T> = { [P in K]: T }
type Partial<T> = { [P in keyof T]?: T[P] }
type Required<T> = { [P in keyof T]-?: T[P] }
type Readonly<T> = { readonly [P in keyof T]: T[P] }
type Pick<T, K extends keyof T> = { [P in K]: T[P] }
type Exclude<T, U> = T extends U ? never : T
type Extract<T, U> = T extends U ? T : never
type Omit<T, K extends keyof any> = Pick<T, Exclude<keyof T, K>>
`

/** Loads two generated files into one program, so that their types can be compared. */
export function createTypeProgram(oldText: string, newText: string): TypeProgram {
  const options: ts.CompilerOptions = {
    strict: true,
    noLib: true,
    types: [],
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
  }
  const parsing: ts.CreateSourceFileOptions = {
    languageVersion: ts.ScriptTarget.ESNext,
    // Types do not depend on comments, and descriptions make up most of a generated file.
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
  }
  const files = new Map(
    Object.entries({ '/lib.d.ts': library, '/old.ts': oldText, '/new.ts': newText }).map(
      ([name, text]) => [name, ts.createSourceFile(name, text, parsing)],
    ),
  )
  const host: ts.CompilerHost = {
    getSourceFile: (name) => files.get(name),
    getDefaultLibFileName: () => '/lib.d.ts',
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (name) => name,
    getNewLine: () => '\n',
    useCaseSensitiveFileNames: () => true,
    fileExists: (name) => files.has(name),
    readFile: (name) => files.get(name)?.text,
    writeFile: () => {},
  }
  const program = ts.createProgram([...files.keys()], options, host)
  const checker = program.getTypeChecker()
  const load = (name: string): TypeModule => {
    const symbol = checker.getSymbolAtLocation(program.getSourceFile(name)!)
    return {
      exported: (key) => {
        const found = symbol?.exports?.get(ts.escapeLeadingUnderscores(key))
        return found && checker.getDeclaredTypeOfSymbol(found)
      },
    }
  }
  return { checker, old: load('/old.ts'), new: load('/new.ts') }
}
