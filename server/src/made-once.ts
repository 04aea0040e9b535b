/** Made for whoever asks first; a process starts sooner without what nobody asks for. */
export function madeOnce<T extends NonNullable<unknown>>(make: () => T): () => T {
  let made: T | null = null;
  return () => {
    made ??= make();
    return made;
  };
}
