//! Files that the program writes whole: a killed writer, links, write protection, names that are taken.

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use linchpin::atomic_file::{self, Durability, UnfinishedFolder};

const ROLE: &str = "LINCHPIN_TEST_FILE_ROLE";
const TARGET: &str = "LINCHPIN_TEST_FILE_TARGET";

/// Not a test by itself: what the tests below run in another process.
#[test]
fn child() {
    let (Ok(role), Ok(target)) = (std::env::var(ROLE), std::env::var(TARGET)) else { return };
    let target = PathBuf::from(target);
    match role.as_str() {
        "replace" => atomic_file::replace(&target, Durability::Durable, half_and_wait).unwrap(),
        "cache" => atomic_file::replace(&target, Durability::Cache, half_and_wait).unwrap(),
        "folder" => {
            let folder = UnfinishedFolder::create(&target).unwrap();
            atomic_file::create(&folder.path().join("inside"), half_and_wait).unwrap();
        }
        "create" => atomic_file::create(&target, half_and_wait).unwrap(),
        "refused" => {
            let os_error = fs::File::create(target.with_extension("other")).unwrap_err();
            for error in every_way(&target) {
                assert_eq!(error.to_string(), os_error.to_string());
            }
            println!("\nrefused");
        }
        other => panic!("no role {other}"),
    }
}

/// Writes more than a buffer holds, says so, and never comes to an end.
fn half_and_wait(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(&[b'x'; 100_000])?;
    println!("\nhalf");
    loop {
        std::thread::park();
    }
}

fn command(program: &Path, role: &str, target: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(["--exact", "atomic_files::child", "--nocapture", "--test-threads=1"]);
    command.env(ROLE, role).env(TARGET, target).stdout(Stdio::piped());
    command
}

/// A process that has written half of a file. It is killed when this is dropped, also by a test that fails.
struct HalfWay(Child);

impl Drop for HalfWay {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn half_way(role: &str, target: &Path) -> HalfWay {
    let child = command(&std::env::current_exe().unwrap(), role, target).spawn().unwrap();
    let mut child = HalfWay(child);
    let mut lines = BufReader::new(child.0.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap() == "half"), "the child writes");
    child
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    atomic_file::replace(path, Durability::Durable, |out| out.write_all(text.as_bytes()))
}

fn create(path: &Path, text: &str) -> io::Result<()> {
    atomic_file::create(path, |out| out.write_all(text.as_bytes()))
}

/// The errors of writing where that is impossible.
fn every_way(path: &Path) -> Vec<io::Error> {
    vec![
        replace(path, "new").unwrap_err(),
        atomic_file::replace(path, Durability::Cache, |out| out.write_all(b"new")).unwrap_err(),
        create(path, "new").unwrap_err(),
    ]
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_writer_that_is_killed_leaves_the_old_file_and_the_next_write_removes_its_leftover() {
    for role in ["replace", "cache"] {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("deck.ron");
        replace(&target, "old").unwrap();
        drop(half_way(role, &target));
        assert_eq!(text(&target), "old", "{role}");
        assert_eq!(names(folder.path()).len(), 2, "{role}: the leftover is there");
        let durability = if role == "cache" { Durability::Cache } else { Durability::Durable };
        atomic_file::replace(&target, durability, |out| out.write_all(b"new")).unwrap();
        assert_eq!(text(&target), "new", "{role}");
        assert_eq!(names(folder.path()), ["deck.ron"], "{role}");
    }
}

#[test]
fn a_new_file_whose_writer_is_killed_does_not_exist_and_can_be_written_again() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("export.csv");
    drop(half_way("create", &target));
    assert!(!target.exists());
    create(&target, "new").unwrap();
    assert_eq!(names(folder.path()), ["export.csv"]);
}

#[test]
fn another_process_that_still_writes_keeps_its_temporary_file() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("deck.ron");
    let child = half_way("replace", &target);
    let during = names(folder.path());
    replace(&target, "ours").unwrap();
    assert_eq!(names(folder.path()), [during[0].as_str(), "deck.ron"]);
    drop(child);
    assert_eq!(text(&target), "ours");
}

#[test]
fn leftovers_of_every_target_in_the_folder_are_removed_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let others =
        [".deck.ron.saving", ".deck.ron.saving.txt", ".deck.ron.old-1.saving", "deck.ron.1-0.saving"];
    for name in others.iter().chain(&[".deck.ron.1-0.saving", ".b.ron.1-0.saving"]) {
        fs::write(folder.path().join(name), "half").unwrap();
    }
    replace(&folder.path().join("deck.ron"), "new").unwrap();
    let mut left: Vec<&str> = others.to_vec();
    left.push("deck.ron");
    left.sort_unstable();
    assert_eq!(names(folder.path()), left);
}

fn write_folder(target: &Path) -> io::Result<()> {
    let folder = UnfinishedFolder::create(target)?;
    atomic_file::create(&folder.path().join("inside"), |out| out.write_all(b"all"))?;
    folder.rename_to(target)
}

#[test]
fn a_folder_whose_writer_is_killed_is_removed_by_the_next_and_one_that_is_being_written_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("mine");
    let child = half_way("folder", &target);
    let during = names(folder.path());
    assert_eq!(during.len(), 1);
    write_folder(&target).unwrap();
    assert_eq!(names(folder.path()), [during[0].as_str(), "mine"]);
    drop(child);
    assert_eq!(names(folder.path()).len(), 2, "the leftover is there");
    write_folder(&folder.path().join("other")).unwrap();
    assert_eq!(names(folder.path()), ["mine", "other"]);
    assert_eq!(names(&target), ["inside"]);
    drop(UnfinishedFolder::create(&folder.path().join("third")).unwrap());
    assert_eq!(names(folder.path()), ["mine", "other"], "unless it gets its name it is removed");
}

/// Elsewhere the time of a folder cannot be set so.
#[cfg(unix)]
#[test]
fn a_folder_without_a_lock_is_a_leftover_after_a_day() {
    let folder = tempfile::tempdir().unwrap();
    let day = std::time::Duration::from_hours(24);
    let (old, new) = (folder.path().join(".mine.1-0.saving"), folder.path().join(".mine.1-1.saving"));
    let others = folder.path().join(".mine.saving");
    for (path, age) in [(&old, day * 2), (&new, day / 2), (&others, day * 2)] {
        fs::create_dir(path).unwrap();
        fs::write(path.join("inside"), "half").unwrap();
        let time = std::time::SystemTime::now() - age;
        fs::File::open(path).unwrap().set_modified(time).unwrap();
    }
    write_folder(&folder.path().join("mine")).unwrap();
    assert_eq!(names(folder.path()), [".mine.1-1.saving", ".mine.saving", "mine"]);
}

#[test]
fn leftovers_of_the_same_process_id_stand_in_nobodys_way() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("mine");
    let first = UnfinishedFolder::create(&target).unwrap();
    let start = format!(".mine.{}-", std::process::id());
    let name = names(folder.path()).remove(0);
    let number: u64 = name[start.len()..].strip_suffix(".saving").unwrap().parse().unwrap();
    let left = (number + 1..number + 40).map(|number| folder.path().join(format!("{start}{number}.saving")));
    left.for_each(|path| fs::create_dir(path).unwrap());
    write_folder(&target).unwrap();
    assert!(first.rename_to(&target).is_err(), "nothing is replaced");
    assert_eq!(names(&target), ["inside"]);
}

#[test]
fn content_that_cannot_be_made_changes_nothing_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (folder.path().join("old"), folder.path().join("new"));
    replace(&old, "old").unwrap();
    let fails = |out: &mut dyn Write| {
        out.write_all(b"half")?;
        Err(io::Error::other("no more"))
    };
    for durability in [Durability::Durable, Durability::Cache] {
        assert_eq!(atomic_file::replace(&old, durability, fails).unwrap_err().to_string(), "no more");
    }
    assert_eq!(atomic_file::create(&new, fails).unwrap_err().to_string(), "no more");
    assert_eq!((text(&old).as_str(), names(folder.path())), ("old", vec!["old".to_owned()]));
}

#[test]
fn a_new_file_never_replaces_one_and_takes_the_first_name_that_nothing_has() {
    let folder = tempfile::tempdir().unwrap();
    let path = |number: u32| folder.path().join(format!("copy-{number}"));
    fs::write(path(1), "one").unwrap();
    fs::create_dir(path(2)).unwrap();
    let refused = create(&path(1), "new").unwrap_err();
    assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
    let os_error = fs::File::create_new(path(1)).unwrap_err();
    assert_eq!(refused.to_string(), os_error.to_string());
    let write = |out: &mut dyn Write| out.write_all(b"new");
    assert_eq!(atomic_file::create_first_unused((1..).map(path), write).unwrap(), path(3));
    let all_taken = atomic_file::create_first_unused((1..=3).map(path), write).unwrap_err();
    assert_eq!(all_taken.kind(), io::ErrorKind::AlreadyExists);
    assert_eq!((text(&path(1)).as_str(), text(&path(3)).as_str()), ("one", "new"));
    assert_eq!(names(folder.path()), ["copy-1", "copy-2", "copy-3"]);
}

#[test]
fn many_writers_of_one_file_all_succeed_and_leave_the_file_of_one_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("deck.ron");
    std::thread::scope(|scope| {
        for nth in 0..8 {
            let target = &target;
            scope.spawn(move || replace(target, &format!("{nth}").repeat(50_000)).unwrap());
        }
    });
    let written = text(&target);
    assert!(written.len() == 50_000 && written.bytes().all(|byte| byte == written.as_bytes()[0]));
    assert_eq!(names(folder.path()), ["deck.ron"]);
}

#[test]
fn where_no_file_can_be_made_the_error_is_that_of_the_operating_system() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    for parent in ["missing", "file"] {
        let path = folder.path().join(parent).join("deck.ron");
        let os_error = fs::File::create(&path).unwrap_err().to_string();
        for error in every_way(&path) {
            assert_eq!(error.to_string(), os_error, "{parent}");
        }
    }
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    use std::os::unix::process::CommandExt;

    use linchpin::app::settings::Settings;

    use super::*;

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn a_link_stays_and_the_file_that_it_leads_to_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = folder.path().join("elsewhere");
        fs::create_dir(&elsewhere).unwrap();
        symlink("second", folder.path().join("first")).unwrap();
        symlink("elsewhere/deck.ron", folder.path().join("second")).unwrap();
        // At first the link leads nowhere.
        for content in ["one", "two"] {
            replace(&folder.path().join("first"), content).unwrap();
            assert_eq!(text(&elsewhere.join("deck.ron")), content);
        }
        assert_eq!(names(&elsewhere), ["deck.ron"]);
        assert_eq!(names(folder.path()), ["elsewhere", "first", "second"]);
        assert!(fs::symlink_metadata(folder.path().join("first")).unwrap().is_symlink());
    }

    #[test]
    fn settings_behind_a_link_are_saved_behind_it() {
        let folder = tempfile::tempdir().unwrap();
        let kept = folder.path().join("kept.ron");
        fs::write(&kept, "()").unwrap();
        symlink(&kept, folder.path().join("settings.ron")).unwrap();
        Settings::default().save(folder.path()).unwrap();
        assert_ne!(text(&kept), "()");
        assert_eq!(names(folder.path()), ["kept.ron", "settings.ron"]);
    }

    #[test]
    fn links_in_a_circle_are_an_error_and_stay() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (folder.path().join("a"), folder.path().join("b"));
        symlink(&b, &a).unwrap();
        symlink(&a, &b).unwrap();
        let os_error = fs::File::create(&a).unwrap_err().to_string();
        assert_eq!(replace(&a, "new").unwrap_err().to_string(), os_error);
        assert_eq!(names(folder.path()), ["a", "b"]);
        assert!(fs::symlink_metadata(&a).unwrap().is_symlink());
    }

    #[test]
    fn a_link_that_leads_nowhere_is_a_name_that_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("deck.ron");
        symlink("nowhere", &link).unwrap();
        assert_eq!(create(&link, "new").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(names(folder.path()), ["deck.ron"]);
    }

    #[test]
    fn permissions_stay_also_while_the_file_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("deck.ron");
        replace(&target, "old").unwrap();
        for mode in [0o600, 0o644, 0o664] {
            set_mode(&target, mode);
            atomic_file::replace(&target, Durability::Durable, |out| {
                for name in names(folder.path()) {
                    assert_eq!(fs::metadata(folder.path().join(name))?.mode() & 0o777, mode);
                }
                out.write_all(b"new")
            })
            .unwrap();
            assert_eq!(fs::metadata(&target).unwrap().mode() & 0o777, mode);
        }
    }

    #[test]
    fn private_files_and_folders_are_for_their_owner_alone_and_old_ones_stay_as_they_were() {
        let folder = tempfile::tempdir().unwrap();
        let private = folder.path().join("a").join("b");
        atomic_file::create_private_folder(&private).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().mode() & 0o777;
        assert_eq!((mode(&private), mode(private.parent().unwrap())), (0o700, 0o700));
        let (durable, cache) = (private.join("durable"), private.join("cache"));
        atomic_file::replace_private(&durable, |out| out.write_all(b"new")).unwrap();
        atomic_file::replace(&cache, Durability::Cache, |out| out.write_all(b"new")).unwrap();
        assert_eq!((mode(&durable), mode(&cache)), (0o600, 0o600));
        set_mode(&durable, 0o640);
        atomic_file::replace_private(&durable, |out| out.write_all(b"newer")).unwrap();
        assert_eq!(mode(&durable), 0o640, "as its owner wants it");
    }

    #[test]
    fn a_pipe_that_is_called_like_a_leftover_does_not_hang_a_writer() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join(".deck.ron.1-0.saving");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        replace(&folder.path().join("deck.ron"), "new").unwrap();
        assert_eq!(names(folder.path()), [".deck.ron.1-0.saving", "deck.ron"]);
    }

    #[test]
    fn a_file_with_the_longest_name_is_written() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["x".repeat(255), format!("x{}", "가".repeat(84))] {
            replace(&folder.path().join(&name), "new").unwrap();
            assert_eq!(text(&folder.path().join(&name)), "new");
        }
        assert_eq!(names(folder.path()).len(), 2, "no temporary file is left");
    }

    #[test]
    fn a_file_that_is_protected_or_cannot_be_read_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("deck.ron");
        replace(&target, "old").unwrap();
        for mode in [0o444, 0o000] {
            set_mode(&target, mode);
            for durability in [Durability::Durable, Durability::Cache] {
                let write = |out: &mut dyn Write| out.write_all(b"new");
                let refused = atomic_file::replace(&target, durability, write).unwrap_err();
                assert_eq!(refused.kind(), io::ErrorKind::PermissionDenied);
                assert_eq!(refused.to_string(), "it is protected against writing");
            }
        }
        set_mode(&target, 0o644);
        assert_eq!((text(&target).as_str(), names(folder.path()).len()), ("old", 1));
    }

    #[test]
    fn a_read_only_folder_gives_the_error_of_the_operating_system() {
        let folder = tempfile::tempdir().unwrap();
        let closed = folder.path().join("closed");
        fs::create_dir(&closed).unwrap();
        fs::write(closed.join("deck.ron"), "old").unwrap();
        set_mode(&closed.join("deck.ron"), 0o666);
        set_mode(&closed, 0o555);
        // Rights mean nothing to root: then it writes as "nobody", who must be able to get at the program.
        let program = folder.path().join("program");
        fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
        set_mode(&program, 0o755);
        set_mode(folder.path(), 0o755);
        for target in ["deck.ron", "new.ron"] {
            let mut command = command(&program, "refused", &closed.join(target));
            command.current_dir("/");
            if fs::metadata(folder.path()).unwrap().uid() == 0 {
                command.uid(65534).gid(65534);
            }
            let output = command.output().unwrap();
            let said = String::from_utf8_lossy(&output.stdout);
            assert!(said.lines().any(|line| line == "refused"), "{said}");
        }
        set_mode(&closed, 0o755);
        assert_eq!((text(&closed.join("deck.ron")).as_str(), names(&closed).len()), ("old", 1));
    }
}
