/** The small pictures that are on the page, for one file that holds them all. */
import type { Picture } from "../draw/exports";

interface Shared {
  element: HTMLElement;
  /** The picture for a size. */
  make(): Picture;
}

const shared = new Set<Shared>();

/** Takes part in files from now on; the answer ends that. */
export function share(one: Shared): () => void {
  shared.add(one);
  return () => {
    shared.delete(one);
  };
}

/** In the order of the page. */
export const sharedPictures = (): Picture[] =>
  [...shared].sort((a, b) => ((a.element.compareDocumentPosition(b.element) & Node.DOCUMENT_POSITION_FOLLOWING) === 0 ? 1 : -1)).map((one) => one.make());
