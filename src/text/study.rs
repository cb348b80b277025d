//! Texts of studying: the card, its verdict, sessions.
