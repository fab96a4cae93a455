/** Dates as a page says them. */

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** An ISO date in words: `January 2022`, `24 February 2022`. */
export function monthWords(iso: string): string {
  const [year = "", month, day] = iso.split("-");
  const name = month === undefined ? "" : `${months[Number(month) - 1] ?? ""} `;
  return `${day === undefined ? "" : `${Number(day)} `}${name}${year}`;
}
