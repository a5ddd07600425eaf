// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/viewmembers.h"

namespace Earshot {

// The members of each action's arguments, for model/jsonmembers.h. Internal: actionjson.h is the way in.

template <class Visitor>
void visit(Visitor &member, Act::Claim &claim)
{
    member("conversation", claim.conversation);
}
template <class Visitor>
void visit(Visitor &member, Act::Assign &assign)
{
    member("conversation", assign.conversation);
    member("agent", assign.agent);
}
template <class Visitor>
void visit(Visitor &member, Act::Unassign &unassign)
{
    member("conversation", unassign.conversation);
}
template <class Visitor>
void visit(Visitor &member, Act::SetStatus &set)
{
    member("conversation", set.conversation);
    member("status", set.status);
    member("reason", set.reason);
    member("duplicateOf", set.duplicateOf);
}
template <class Visitor>
void visit(Visitor &member, Act::Snooze &snooze)
{
    member("conversation", snooze.conversation);
    member("until", snooze.until);
}
template <class Visitor>
void visit(Visitor &member, Act::Wake &wake)
{
    member("conversation", wake.conversation);
}
template <class Visitor>
void visit(Visitor &member, Act::AddTag &add)
{
    member("conversation", add.conversation);
    member("tag", add.tag);
}
template <class Visitor>
void visit(Visitor &member, Act::RemoveTag &remove)
{
    member("conversation", remove.conversation);
    member("tag", remove.tag);
}
template <class Visitor>
void visit(Visitor &member, Act::SetPriority &set)
{
    member("conversation", set.conversation);
    member("priority", set.priority);
}
template <class Visitor>
void visit(Visitor &member, Act::AddNote &add)
{
    member("conversation", add.conversation);
    member("text", add.text);
}
template <class Visitor>
void visit(Visitor &member, Act::EditNote &edit)
{
    member("message", edit.message);
    member("text", edit.text);
    member.added("was", edit.was);
}
template <class Visitor>
void visit(Visitor &member, OutgoingMedia &media)
{
    member("hash", media.hash);
    member("type", media.type);
    member("description", media.description);
}
template <class Visitor>
void visit(Visitor &member, Act::SendReply &send)
{
    member("conversation", send.conversation);
    member("target", send.target);
    member("text", send.text);
    member("contentWarning", send.contentWarning);
    member("language", send.language);
    member("visibility", send.visibility);
    member("media", send.media);
    member("thenResolve", send.thenResolve);
    member("skipUndoWindow", send.skipUndoWindow);
    member.added("leftOut", send.leftOut);
    member.added("mayWiden", send.mayWiden);
    member.added("mayAnswerGone", send.mayAnswerGone);
    member.added("furtherParts", send.furtherParts);
}
template <class Visitor>
void visit(Visitor &member, Act::CancelDelivery &cancel)
{
    member("delivery", cancel.delivery);
}
template <class Visitor>
void visit(Visitor &member, Act::RetryDelivery &retry)
{
    member("delivery", retry.delivery);
    member.added("attempts", retry.attempts);
}
template <class Visitor>
void visit(Visitor &member, Act::SettleDelivery &settle)
{
    member("delivery", settle.delivery);
}
template <class Visitor>
void visit(Visitor &member, Act::PerformEffect &perform)
{
    member("message", perform.message);
    member("effect", perform.effect);
}
template <class Visitor>
void visit(Visitor &member, Act::MergeContacts &merge)
{
    member("from", merge.from);
    member("into", merge.into);
}
template <class Visitor>
void visit(Visitor &member, Act::SplitContact &split)
{
    member("contact", split.contact);
    member.added("from", split.from);
}
template <class Visitor>
void visit(Visitor &member, Act::SetDuty &set)
{
    member("agent", set.agent);
    member("onDuty", set.onDuty);
}
template <class Visitor>
void visit(Visitor &member, Act::PauseSending &pause)
{
    member("channel", pause.channel);
    member("reason", pause.reason);
}
template <class Visitor>
void visit(Visitor &member, Act::ResumeSending &resume)
{
    member("channel", resume.channel);
}
template <class Visitor>
void visit(Visitor &member, Act::AddAgent &add)
{
    member("name", add.name);
    member("role", add.role);
}
template <class Visitor>
void visit(Visitor &member, Act::EditAgent &edit)
{
    member("agent", edit.agent);
    member("name", edit.name);
    member("role", edit.role);
    member("isDisabled", edit.isDisabled);
    member.added("was", edit.was);
    member.added("openLimit", edit.openLimit);
}
template <class Visitor>
void visit(Visitor &member, Act::AddChannel &add)
{
    member("network", add.network);
    member("address", add.address);
    member("name", add.name);
    member("baseUrl", add.baseUrl);
    member("login", add.login);
    member("purpose", add.purpose);
    member("horizon", add.horizon);
    member("workSince", add.workSince);
}
template <class Visitor>
void visit(Visitor &member, Act::EditChannel &edit)
{
    member("channel", edit.channel);
    member("name", edit.name);
    member("purpose", edit.purpose);
    member("pullEverySeconds", edit.pullEverySeconds);
    member.added("was", edit.was);
}
template <class Visitor>
void visit(Visitor &member, Act::RemoveChannel &remove)
{
    member("channel", remove.channel);
}
template <class Visitor>
void visit(Visitor &member, Act::KeepSavedReply &keep)
{
    member("savedReply", keep.savedReply);
    member("name", keep.name);
    member("text", keep.text);
    member.added("was", keep.was);
}
template <class Visitor>
void visit(Visitor &member, Act::RemoveSavedReply &remove)
{
    member("savedReply", remove.savedReply);
    member.added("was", remove.was);
}
template <class Visitor>
void visit(Visitor &member, MacroStep &step)
{
    member("kind", step.kind);
    member("argument", step.argument);
}
template <class Visitor>
void visit(Visitor &member, Act::KeepMacro &keep)
{
    member("macro", keep.macro);
    member("name", keep.name);
    member("key", keep.key);
    member("steps", keep.steps);
    member.added("was", keep.was);
}
template <class Visitor>
void visit(Visitor &member, Act::RemoveMacro &remove)
{
    member("macro", remove.macro);
    member.added("was", remove.was);
}
template <class Visitor>
void visit(Visitor &member, Act::AddTeam &add)
{
    member("name", add.name);
}
template <class Visitor>
void visit(Visitor &member, Act::RenameTeam &rename)
{
    member("team", rename.team);
    member("name", rename.name);
}
template <class Visitor>
void visit(Visitor &member, Act::RemoveTeam &remove)
{
    member("team", remove.team);
}
template <class Visitor>
void visit(Visitor &member, Act::SetTeamMember &set)
{
    member("team", set.team);
    member("agent", set.agent);
    member("isMember", set.isMember);
}
template <class Visitor>
void visit(Visitor &member, Act::SetChannelTeam &set)
{
    member("channel", set.channel);
    member("team", set.team);
}
template <class Visitor>
void visit(Visitor &member, Act::SaveView &save)
{
    member("view", save.view);
    visit(member, save.content);
    member.added("was", save.was);
}
template <class Visitor>
void visit(Visitor &member, Act::RemoveView &remove)
{
    member("view", remove.view);
    member.added("was", remove.was);
}
template <class Visitor>
void visit(Visitor &member, Act::MoveView &move)
{
    member("view", move.view);
    member("before", move.before);
}
template <class Visitor>
void visit(Visitor &member, Act::UnpinNotice &unpin)
{
    member("notice", unpin.notice);
}
template <class Visitor>
void visit(Visitor &member, Act::ChangeSetting &change)
{
    member("setting", change.setting);
    member("value", change.value);
}

} // namespace Earshot
