// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/questions.h"
#include "model/viewmembers.h"

#include <type_traits>

namespace Earshot {

// The members of what questions ask, for model/jsonmembers.h: what is left out has its default. Internal:
// questionjson.h is the way in.

template <class Visitor>
void visit(Visitor &member, Ask::Conversations &ask)
{
    member.added("view", ask.view);
    member.added("channel", ask.channel);
    member.added("tag", ask.tag);
    member.added("after", ask.after);
    member.added("limit", ask.limit);
    member.added("filter", ask.filter);
    member.added("order", ask.order);
    member.added("isGrouped", ask.isGrouped);
}
template <class Visitor>
void visit(Visitor &member, Ask::Conversation &ask)
{
    member("number", ask.number);
}
template <class Visitor>
void visit(Visitor &member, Ask::Story &ask)
{
    member("conversation", ask.conversation);
    member.added("limit", ask.limit);
    member.added("withThread", ask.withThread);
}
template <class Visitor>
void visit(Visitor &member, Ask::Timeline &ask)
{
    member("conversation", ask.conversation);
    member.added("beforeAt", ask.beforeAt);
    member.added("before", ask.before);
    member.added("limit", ask.limit);
}
template <class Visitor>
void visit(Visitor &member, Ask::Search &ask)
{
    member("text", ask.text);
    member.added("before", ask.before);
    member.added("limit", ask.limit);
}
template <class Visitor>
void visit(Visitor &member, Ask::Message &ask)
{
    member("id", ask.id);
}
template <class Visitor>
void visit(Visitor &member, Ask::Delivery &ask)
{
    member("id", ask.id);
}
template <class Visitor>
void visit(Visitor &member, Ask::Journal &ask)
{
    member.added("before", ask.before);
    member.added("limit", ask.limit);
}
template <class Visitor>
void visit(Visitor &member, Ask::Channels &ask)
{
    member.added("withRemoved", ask.withRemoved);
}
template <class Visitor>
void visit(Visitor &member, Ask::ConversationsById &ask)
{
    member.added("after", ask.after);
    member.added("limit", ask.limit);
}
template <class Visitor>
void visit(Visitor &member, Ask::MessagesById &ask)
{
    member.added("after", ask.after);
    member.added("limit", ask.limit);
}
template <class Visitor>
void visit(Visitor &member, Ask::Tokens &ask)
{
    member("agent", ask.agent);
}
template <class Visitor>
void visit(Visitor &member, Ask::AccessLog &ask)
{
    member.added("limit", ask.limit);
}
template <class Visitor, class Question>
requires std::is_empty_v<Question>
void visit(Visitor &, Question &)
{
}

} // namespace Earshot
