/** Things to undo at the end, last one first. Undoing twice is harmless. */
export class UndoList {
  readonly #acts: (() => unknown)[] = [];

  /** Remembers how to undo what was just done. */
  add(act: () => unknown): void {
    this.#acts.push(act);
  }

  /** Undoes everything that is remembered; an act that fails does not keep the others from being undone. */
  async undo(): Promise<void> {
    const failures: unknown[] = [];
    for (const act of this.#acts.splice(0).toReversed()) {
      try {
        await act();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Some things could not be undone.');
  }
}

/** Runs `work`; when it fails, what it did so far is undone. When it succeeds, undoing is left to whoever holds the list. */
export async function undoOnFailure<T>(work: (undo: UndoList) => Promise<T>): Promise<T> {
  const undo = new UndoList();
  try {
    return await work(undo);
  } catch (error) {
    await undo.undo();
    throw error;
  }
}
