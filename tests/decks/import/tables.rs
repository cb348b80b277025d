//! Tables and plain lists, as spreadsheets, Anki and Quizlet write them.

use linchpin::domain::question::Answer;
use linchpin::formats::import::{ColumnRole, ImportAs, ImportLayout, sniff};

use super::{import, import_bytes, import_with, left_out, question_lines};

const ANKI: &str = "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n\
    N5@#/x\tBasic\tKorean::Words\t동맹<br>(noun)\t<b>alliance</b>\talpha beta\n\
    ab12\tCloze\tKorean\t{{c1::Seoul}} is the {{c2::capital::what}} at {{c1::10:30}}\tExtra [sound:x.mp3]\t\n\
    zz\tBasic (and reversed card)\tKorean\tfront &amp; back\t\"multi\nline <img src=\"\"a.png\"\">\"\t\n";

#[test]
fn an_export_of_anki_keeps_its_ids_topics_tags_and_gaps() {
    let imported = import("Selected Notes.txt", ANKI);
    assert_eq!(imported.title, "Selected Notes");
    assert_eq!(
        question_lines(&imported),
        [
            "동맹  \n(noun) = Typed: alliance",
            "{{c1:Seoul}} is the {{c2:capital::what}} at {{c1:10\\:30}} = Cloze",
            "front & back = Both: multi line ![](a.png)",
        ]
    );
    let ids: Vec<(&str, bool)> = imported.questions.iter().map(|it| (&*it.id, it.id_is_written)).collect();
    assert_eq!(ids, [("N5@#-x", true), ("ab12", true), ("zz", true)]);
    let topics: Vec<(&str, &str)> = imported.topics.iter().map(|(key, name)| (&**key, &**name)).collect();
    assert_eq!(topics, [("korean-words", "Korean: Words"), ("korean", "Korean")]);
    assert_eq!(imported.questions[0].tags, ["alpha", "beta"]);
    assert_eq!(imported.questions[1].explain.as_deref(), Some("Extra"));
    assert_eq!(imported.remarks.len(), 2, "{:?}", imported.remarks);
    let Answer::Cloze(cloze) = &imported.questions[1].answer else { panic!("a cloze") };
    assert_eq!(cloze.facets().len(), 2);
    let last = cloze.gaps().last().unwrap();
    assert_eq!((last.group.as_deref(), &*last.accepted[0]), (Some("c1"), "10:30"));
}

#[test]
fn a_paste_from_quizlet_has_one_pair_per_line() {
    let imported = import("", "alliance\t동맹\nthe \"big\" treaty\t조약, 협정\n\"Hello\" he said\thi\n");
    assert_eq!(
        question_lines(&imported),
        ["alliance = Typed: 동맹", "the \"big\" treaty = Typed: 조약, 협정", "\"Hello\" he said = Typed: hi"]
    );
    // With custom separators, also between rows.
    let own = import_with("", "alliance :: 동맹 ## treaty :: 조약\nor pact##", |sniffed, options| {
        *options = sniffed.with_separator(options, "::", Some("##"));
    });
    assert_eq!(question_lines(&own), ["alliance = Typed: 동맹", "treaty = Recall: 조약\nor pact"]);
}

#[test]
fn a_dash_in_the_answer_stays_there() {
    let imported = import("list.txt", "동맹 - alliance\n조약 - treaty, pact - or so\n전쟁 - war\n");
    assert_eq!(question_lines(&imported)[1], "조약 = Typed: treaty, pact - or so");
    let commas = import("list.csv", "osmosis,how water, and not salt, moves\nlight,what plants use\n");
    assert_eq!(question_lines(&commas)[0], "osmosis = Typed: how water, and not salt, moves");
}

#[test]
fn the_first_row_may_name_the_columns() {
    let text = "Answer;Topic;Question;Remark\nSeoul;Cities;Capital of Korea?;x\n1953;Years;Treaty?;y\n";
    let imported = import("a.csv", text);
    assert_eq!(question_lines(&imported), ["Capital of Korea? = Typed: Seoul", "Treaty? = Typed: 1953"]);
    assert_eq!(imported.topics.values().collect::<Vec<_>>(), ["Cities", "Years"]);
    assert_eq!(question_lines(&import("a.csv", "English,한국어\ndog,개\n")), ["dog = Typed: 개"]);
    // No names in the first row: it is a question.
    assert_eq!(import("a.csv", "Capital of Korea?,Seoul\nTreaty?,1953\n").questions.len(), 2);
}

#[test]
fn every_end_of_line_ends_a_row_and_lines_are_counted() {
    let imported = import("a.csv", "a?,1\r\nb?,2\rc?,\"3\r\n4\"\nd?,\n\n\re?,5");
    assert_eq!(
        question_lines(&imported),
        ["a? = Typed: 1", "b? = Typed: 2", "c? = Recall: 3\n4", "e? = Typed: 5"]
    );
    assert_eq!(left_out(&imported), ["line 5: the answer is empty"]);
    assert_eq!(import("a.csv", "a?,1\rb?,2\rc?,\r").skipped.rows[0].line, 3);
}

#[test]
fn utf_16_and_marks_of_utf_8_are_read() {
    let text = "동맹\talliance\r\n조약\ttreaty\r\n";
    let utf16 = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        mark.into_iter().chain(text.encode_utf16().flat_map(bytes)).collect()
    };
    let marked = [&[0xEF, 0xBB, 0xBF], text.as_bytes()].concat();
    for bytes in [utf16([0xFF, 0xFE], u16::to_le_bytes), utf16([0xFE, 0xFF], u16::to_be_bytes), marked] {
        let imported = import_bytes("words.txt", &bytes).unwrap();
        assert_eq!(question_lines(&imported), ["동맹 = Typed: alliance", "조약 = Typed: treaty"]);
    }
}

#[test]
fn the_kind_follows_the_length_unless_it_is_chosen() {
    let long = "a".repeat(41);
    let text = format!("one?\tshort\ntwo?\t{long}\nthree?\t…\n");
    let kinds = |target| -> Vec<String> {
        let imported = import_with("a.txt", &text, |_, options| options.import_as = target);
        question_lines(&imported)
            .iter()
            .map(|line| line.split([' ', ':']).nth(2).unwrap().to_owned())
            .collect()
    };
    assert_eq!(kinds(ImportAs::ByLength), ["Typed", "Recall", "Recall"]);
    // An answer without letters cannot be typed.
    assert_eq!(kinds(ImportAs::Typed), ["Typed", "Typed", "Recall"]);
    assert_eq!(kinds(ImportAs::Recall), ["Recall", "Recall", "Recall"]);
    assert_eq!(kinds(ImportAs::Both), ["Both", "Both", "Both"]);
    // Several answers in one cell are not split.
    assert_eq!(question_lines(&import("a.txt", "x?\tone; two / three\n")), ["x? = Typed: one; two / three"]);
}

#[test]
fn prompts_with_gaps_become_cloze_questions() {
    let imported = import("a.csv", "prompt,answer\nThe {{Seoul}} river,More on it\nA {{ b,c\n");
    assert_eq!(question_lines(&imported), ["The {{Seoul}} river = Cloze", "A {{ b = Typed: c"]);
    assert_eq!(imported.questions[0].explain.as_deref(), Some("More on it"));
}

#[test]
fn columns_can_be_given_other_roles() {
    let sniffed = sniff("a.csv", b"Seoul,Capital?,Korea,x\nParis,Capital of France?,Europe,y\n").unwrap();
    assert_eq!(sniffed.options.layout, ImportLayout::Table);
    assert_eq!(sniffed.preview_rows(&sniffed.options, 1)[0].cells, ["Seoul", "Capital?", "Korea", "x"]);
    let imported = import_with("a.csv", "Seoul,Capital?,Korea,x\n", |_, options| {
        options.roles = vec![ColumnRole::Answer, ColumnRole::Prompt, ColumnRole::Topic, ColumnRole::Hint];
    });
    assert_eq!(question_lines(&imported), ["Capital? = Typed: Seoul"]);
    assert_eq!(imported.questions[0].hint.as_deref(), Some("x"));
    assert_eq!(imported.topics.values().next().map(String::as_str), Some("Korea"));
}

#[test]
fn no_two_questions_get_the_same_key() {
    let text = "id,prompt,answer\nx,one?,1\nx,two?,2\nx,one?,1\ny,one?,other\n,one?,1\n,three?,3\n";
    let imported = import("a.csv", text);
    let ids: Vec<&str> = imported.questions.iter().map(|it| &*it.id).take(3).collect();
    assert_eq!(ids, ["x", "x-2", "y"]);
    assert_eq!(imported.questions.len(), 4);
    assert_eq!(left_out(&imported), ["line 4: line 2 asks the same", "line 6: line 2 asks the same"]);
    // Clozes that differ in their gaps alone.
    let clozes = import("b.txt", "#html:true\n{{c1::a}} b c\tx\na {{c1::b}} c\tx\n{{c1::d}} b c\tx\n");
    assert_eq!(clozes.questions.len(), 3);
    assert!(clozes.questions[2].id.ends_with("-2") && clozes.questions[2].id_is_written);
}
