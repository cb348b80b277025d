//! Capitals that change the meaning of a word: Co and CO, mW and MW.

/// Symbols of the chemical elements.
const ELEMENTS: &str = " H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb \
    Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt \
    Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No Lr Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts Og ";
const UNITS: &str = " m g s A K mol cd Hz N Pa J W C V F S H T lm lx Bq Gy Sv l L t B b bit eV bar cal Wh ";
const PREFIXES: [&str; 11] = ["k", "M", "G", "T", "P", "m", "u", "µ", "n", "p", "d"];
/// Common words that are spelt like a formula, and are written with or without capitals.
const COMMON_WORDS: &str = " no in as he be us at am so if of by on or is it an my me we to go do up ";
/// A longer word is not a formula: HIV and NATO are names.
const MAX_FORMULA_LETTERS: usize = 4;

/// Whether two texts that differ only in case are symbols of different things. Text typed in lower case is
/// always understood.
pub(super) fn changes_meaning(given: &str, expected: &str) -> bool {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let (given, expected) = (words(given), words(expected));
    given.len() == expected.len()
        && given.iter().zip(&expected).any(|(given, expected)| {
            let letters = |word: &str| word.chars().filter(|c| c.is_alphabetic()).collect::<String>();
            let (a, b) = (letters(given), letters(expected));
            let is_typed_so =
                a != b && a.to_lowercase() == b.to_lowercase() && a.chars().any(char::is_uppercase);
            is_typed_so
                && a.chars().count() <= MAX_FORMULA_LETTERS
                && (are_formulas(&a, &b) || are_units(&a, &b))
        })
}

fn is_in(list: &str, word: &str) -> bool {
    list.contains(&format!(" {word} "))
}

fn are_formulas(a: &str, b: &str) -> bool {
    !is_in(COMMON_WORDS, &a.to_lowercase()) && is_formula(a) && is_formula(b)
}

/// Whether the text is a sequence of element symbols: each a capital with lower-case letters.
fn is_formula(text: &str) -> bool {
    let starts = text.char_indices().filter(|(_, c)| c.is_uppercase()).map(|(at, _)| at);
    let cuts: Vec<usize> = starts.chain([text.len()]).collect();
    cuts[0] == 0 && cuts.len() > 1 && cuts.windows(2).all(|cut| is_in(ELEMENTS, &text[cut[0]..cut[1]]))
}

fn are_units(a: &str, b: &str) -> bool {
    let is_unit = |word: &str| {
        PREFIXES.iter().any(|prefix| word.strip_prefix(prefix).is_some_and(|unit| is_in(UNITS, unit)))
    };
    is_unit(a) && is_unit(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_differ_by_capitals() {
        for (given, expected) in [("CO", "Co"), ("HF", "Hf"), ("5 MW", "5 mW"), ("Mg", "mg"), ("Gb", "GB")] {
            assert!(changes_meaning(given, expected), "{given} for {expected}");
        }
        for (given, expected) in
            [("co", "Co"), ("NATO", "Nato"), ("HIV", "Hiv"), ("No", "NO"), ("Seoul", "seoul"), ("mw", "MW")]
        {
            assert!(!changes_meaning(given, expected), "{given} for {expected}");
        }
    }
}
