//! Whether screenshots can be drawn on this machine.

use crate::fixtures::skip;

/// Whether there is a Vulkan driver, for hardware or in software: screenshots cannot be drawn without one.
pub fn can_draw_screenshots() -> bool {
    let folders = ["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d", "/usr/local/share/vulkan/icd.d"];
    let found = folders
        .iter()
        .any(|folder| std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()));
    if !cfg!(target_os = "linux") || found {
        return true;
    }
    skip("screenshots of the window", "no Vulkan driver is installed (Debian: mesa-vulkan-drivers)");
    false
}
