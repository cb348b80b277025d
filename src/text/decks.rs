//! Texts of decks: the library, a deck’s page, the editor, importing and exporting.
