//! What machines once found is put to the same functions again, without them.

mod replay;
