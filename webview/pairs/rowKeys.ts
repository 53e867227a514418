// Which row takes over which element. A scroll by a few rows reuses the elements of those that left; a jump
// reuses all where they stand, because moving an element costs the browser its style and layout.

export class RowKeys {
  #first = 0;
  #shift = 0;

  /** The key of a row among `pool` elements, where `first` is the first row that is seen. */
  keyOf(first: number, pool: number): (position: number) => number {
    const isJump = Math.abs(first - this.#first) >= pool / 2;
    if (isJump) this.#shift += this.#first - first;
    this.#first = first;
    const shift = this.#shift;
    return (position) => (((position + shift) % pool) + pool) % pool;
  }
}
