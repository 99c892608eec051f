//! The brief and its pictures
