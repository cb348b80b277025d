//! Fields that a later version wrote into a file survive when this version saves it.

use std::fmt;

use ron::value::RawValue;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

/// `text` with the fields of `old` that it lacks, at its end. Both are structs in RON. If `old` has none, or they cannot
/// be taken over as they are, it is `text`.
pub(super) fn keep(old: &str, text: String) -> String {
    let (Ok(old), Ok(Fields(known))) = (ron::from_str::<Fields>(old), ron::from_str::<Fields>(&text)) else {
        return text;
    };
    let Some((known_fields, end)) = text.trim_end().strip_suffix(')').map(|fields| (fields, ")")) else {
        return text;
    };
    let later = old.0.iter().filter(|(name, _)| !known.iter().any(|(known, _)| known == name));
    let mut kept = known_fields.to_owned();
    for (name, value) in later {
        kept.push_str(&format!("    {name}: {},\n", value.trim().get_ron()));
    }
    kept.push_str(end);
    if ron::from_str::<Fields>(&kept).is_ok() { kept } else { text }
}

/// The fields of a struct with their values as they stand in the file.
struct Fields(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct("", &[], FieldsVisitor)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("fields")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        let mut fields = Vec::new();
        while let Some(FieldName(name)) = map.next_key()? {
            fields.push((name, map.next_value()?));
        }
        Ok(Fields(fields))
    }
}

/// The name of a field.
struct FieldName(String);

impl<'de> Deserialize<'de> for FieldName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;
        impl Visitor<'_> for NameVisitor {
            type Value = FieldName;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("name")
            }

            fn visit_str<E>(self, name: &str) -> Result<FieldName, E> {
                Ok(FieldName(name.to_owned()))
            }
        }
        deserializer.deserialize_identifier(NameVisitor)
    }
}
