SELECT version FROM personal_version WHERE agent = :agent;
