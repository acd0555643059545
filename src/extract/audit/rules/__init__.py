"""The reviewer's rules R01 to R29, a module each, and what they share."""
