// While somebody holds the button of the mouse, or a finger down, nothing may be put in another's place under it:
// what is gone by the time it is let go is not clicked.
const LONGEST = 5000; // of a press whose end nobody told of

let press = Promise.resolve();

document.addEventListener(
  "pointerdown",
  () => {
    press = new Promise((resolve) => {
      const end = () => setTimeout(resolve); // the click comes right after it
      for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, end, { once: true, capture: true });
      setTimeout(resolve, LONGEST);
    });
  },
  true,
);

export const released = () => press;
