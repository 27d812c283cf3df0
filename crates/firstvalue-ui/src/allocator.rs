//! The allocator: a list of free blocks takes a tenth of the code of the usual one, and a package
//! that holds a few hundred small things has no need of more.

use lol_alloc::{AssumeSingleThreaded, FreeListAllocator};

#[global_allocator]
#[expect(unsafe_code, reason = "a page runs the package on one thread")]
static ALLOCATOR: AssumeSingleThreaded<FreeListAllocator> =
    unsafe { AssumeSingleThreaded::new(FreeListAllocator::new()) };
