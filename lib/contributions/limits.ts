/** A wish fits on one line of a phone twice over; longer texts belong in a chat. */
export const MESSAGE_CHARS_MAX = 60;
