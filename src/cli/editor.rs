//! Who marks, and where files of their own are, as the environment says it.

use crate::corpus::notes::Editor;
use etcetera::BaseStrategy;

/// The editor at this machine, by the name in the settings or else by that of the login.
pub(super) fn editor(author: Option<String>) -> Editor {
    let folders = etcetera::choose_base_strategy().ok();
    let login = || ["USER", "LOGNAME"].iter().find_map(|name| std::env::var(name).ok().filter(|name| !name.trim().is_empty()));
    Editor {
        name: author.or_else(login).unwrap_or_else(|| String::from("unknown")),
        home: folders.as_ref().map(|folders| folders.home_dir().to_path_buf()),
        data: folders.as_ref().map(BaseStrategy::data_dir),
    }
}
