/** What only one tab of this browser does at a time, where browsers have a means to agree on that. */

const PATIENCE = 30_000; // ms: a tab that was put to sleep may never be done

/**
 * Do something as the only tab; where another one takes too long about it, all the same.
 * @param {string} name of what is done
 * @param {() => Promise<void>} act
 */
export async function alone(name, act) {
  // Only pages that came by a safe way have locks.
  if (!navigator.locks) return act();
  let isBegun = false;
  const begin = () => {
    isBegun = true;
    return act();
  };
  try {
    await navigator.locks.request(
      `drawnby-${name}`,
      { signal: AbortSignal.timeout(PATIENCE) },
      begin,
    );
  } catch (error) {
    if (isBegun || !(error instanceof DOMException)) throw error;
    await act();
  }
}
