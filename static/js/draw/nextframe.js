/** What is done once in the next frame, however often it is asked for until then. */

/**
 * Return what asks for something to be done in the next frame.
 * @param {(time: number) => void} act
 */
export function inNextFrame(act) {
  let isAsked = false;
  return () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame((time) => {
      isAsked = false;
      act(time);
    });
  };
}
