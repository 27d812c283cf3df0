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

/// Has the thread that calls it work only while a processor has nothing else to do: whoever wants it has it at
/// once. Such a thread may stand still for long, so nobody should wait for it. Where a system does not know such
/// threads, it gives way.
pub fn work_when_idle() {
    #[cfg(target_os = "linux")]
    {
        use thread_priority::{
            NormalThreadSchedulePolicy, ThreadPriority, ThreadSchedulePolicy,
            set_thread_priority_and_policy, thread_native_id,
        };
        let idle = ThreadSchedulePolicy::Normal(NormalThreadSchedulePolicy::Idle);
        if set_thread_priority_and_policy(thread_native_id(), ThreadPriority::Min, idle).is_ok() {
            return;
        }
    }
    give_way();
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

    #[test]
    fn a_thread_that_works_when_idle_is_told_apart_by_the_system() {
        let policy = || thread_priority::thread_schedule_policy().unwrap();
        let before = policy();
        let there = std::thread::spawn(move || {
            work_when_idle();
            policy()
        });
        let idle = thread_priority::NormalThreadSchedulePolicy::Idle;
        let idle = thread_priority::ThreadSchedulePolicy::Normal(idle);
        assert_eq!((there.join().unwrap(), policy()), (idle, before));
    }
}
