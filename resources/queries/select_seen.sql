SELECT message FROM seen WHERE agent = :me AND conversation = :conversation
