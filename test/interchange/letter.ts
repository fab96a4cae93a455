/** A small case for what is written and read back. */

export const letter = `case letter "Did the letter help?" {
  modeller "An example"
  as of 2024-01
}
source memo { title "On letters" }
time 2024-01 to 2025-01 by month
claim read causal "Letters are read; even {these}." { at memo p2 s1  credence 40% }
claim lost premise "Letters are lost." { credence 30% }
claim kept premise "Letters are kept." { credence 30% }
one of {lost, kept, neither}
actor we "We"
choice send "What is sent" by we = letter_sent "A letter" | nothing_sent "Nothing"
unknown effect : share "How much a letter moves" ~ 10% to 40%
stock good_will : share "Good will" = 20%  within 0..1
  + (if send = letter_sent then effect else 0) / 12 months  because read
  + 1 percent / 12 months  because lost
outcome helped : share "Good will at the end" = final(good_will)
outcome warm = final(good_will) > 40%
conclusion helps "A letter helps" of read, lost: mean(helped if send = letter_sent) > mean(helped if send = nothing_sent) by 1 point
forecast warm_by "Good will is warm by the end" of read by 2024-12: good_will > 40% if send = letter_sent reading 60% state open
`;
