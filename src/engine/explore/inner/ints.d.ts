/** The one type of number that the inner loop has: an integer of 32 bits. */
type i32 = number;
