/** The host's WebAssembly as far as kernels need it, without a host's types: what a front end has in, the compiler and its instances out. */

interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

export type WasmExports = Readonly<Record<string, (...given: readonly number[]) => number>>;

/** A compiled module. */
interface WasmModuleObject {
  readonly __module?: never;
}

/** The part of the global `WebAssembly` that is used; every engine we run on has it: Node, browsers and their workers. */
export interface WasmHost {
  readonly Memory: new (size: { readonly initial: number }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => WasmModuleObject;
  readonly Instance: new (module: WasmModuleObject, imports: object) => { readonly exports: WasmExports };
}

/** What a global object has under that name; null where there is none. */
export function wasmHostOf(global: object): WasmHost | null {
  return (global as { readonly WebAssembly?: WasmHost }).WebAssembly ?? null;
}
