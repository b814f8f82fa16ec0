"""How checks read a repository: files by name, licence texts, workflows, lock files. No file system, no git, no network."""
