type NumberArray = Float64Array | Uint32Array;

/** Numbers that are appended one by one, kept unboxed: millions of documents cost bytes, not objects. */
class Growable<T extends NumberArray> {
  length = 0;
  private values: T;
  private readonly allocate: (length: number) => T;

  constructor(allocate: (length: number) => T) {
    this.allocate = allocate;
    this.values = allocate(1024);
  }

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = this.allocate(2 * this.values.length);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = value;
  }

  at(index: number): number {
    return this.values[index];
  }

  set(index: number, value: number): void {
    this.values[index] = value;
  }

  /** Forgets all from this length on. */
  truncate(length: number): void {
    this.length = length;
  }
}

export const growableFloats = () => new Growable((length) => new Float64Array(length));
export const growableIntegers = () => new Growable((length) => new Uint32Array(length));
