//! Threads whose work can wait.

/// How much less than others a thread gets of a processor that is wanted by several: a tenth.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// Has the thread that calls it give way to those that take in events, when there is not enough of the
/// processors for all: what it works out is late then, and events are not. Only Linux tells threads of a process
/// apart in this; elsewhere nothing changes.
pub fn give_way() {
    // If that is not allowed, or it does already, all wait alike.
    #[cfg(target_os = "linux")]
    if rustix::process::getpriority_process(None).is_ok_and(|nice| nice < NICE) {
        let _ = rustix::process::setpriority_process(None, NICE);
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn only_the_thread_that_calls_gives_way() {
        let nice = || rustix::process::getpriority_process(None).unwrap();
        let before = nice();
        let there = std::thread::spawn(move || {
            give_way();
            nice()
        });
        assert_eq!((there.join().unwrap(), nice()), (before.max(NICE), before));
    }
}
