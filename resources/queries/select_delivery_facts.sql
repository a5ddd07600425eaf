SELECT id, conversation, message, channel, effect, state, agent, based_on FROM delivery WHERE id = :id;
