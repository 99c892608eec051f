//! The processes that run a case forward, as paired and reproducible ensembles
