/** How long a thread remembers which events it has received. */

export const rememberFor = 26 * 60 * 60 * 1000;
