// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/decide.h"
#include "workspace/applying.h"

#include <utility>

namespace Earshot {

/// Carries out the changes of one decision. Lives for one action.
class Applier
{
public:
    Applier(Writing &writing, const Action &action, const ActingParty &party)
        : m_writing(writing)
        , m_action(action)
        , m_party(party)
    {
    }

    void operator()(const Change::Work &change);
    void operator()(const Change::Tagging &change);
    void operator()(const Change::NewNote &change);
    void operator()(const Change::NoteText &change);
    void operator()(const Change::NewReply &change);
    void operator()(const Change::NewEffect &change);
    void operator()(const Change::DeliveryStep &change);
    void operator()(const Change::ContactMerge &change);
    void operator()(const Change::AgentRow &change);
    void operator()(const Change::NewChannel &change);
    void operator()(const Change::ChannelRow &change);
    void operator()(const Change::ChannelEnd &change);
    void operator()(const Change::SendingPause &change);
    void operator()(const Change::SavedReplyRow &change);
    void operator()(const Change::SavedReplyEnd &change);
    void operator()(const Change::MacroRow &change);
    void operator()(const Change::MacroEnd &change);
    void operator()(const Change::NewTeam &change);
    void operator()(const Change::Membership &change);
    void operator()(const Change::ChannelGrant &change);
    void operator()(const Change::ViewRow &change);
    void operator()(const Change::ViewEnd &change);
    void operator()(const Change::ViewOrder &change);
    void operator()(const Change::NewNotice &change);
    void operator()(const Change::NoticeEnd &change);
    void operator()(const Change::TeamName &change);
    void operator()(const Change::TeamEnd &change);
    void operator()(const Change::SettingValue &change);

    [[nodiscard]] qint64 created() const { return m_created; }
    [[nodiscard]] ChannelId madeChannel() const { return m_madeChannel; }

private:
    [[nodiscard]] QString uuid() const { return m_action.id.toString(QUuid::WithoutBraces); }
    [[nodiscard]] TagId tagNamed(const QString &name);
    [[nodiscard]] DeliveryId addDelivery(const QString &name, ChannelId channel, ConversationId conversation,
                                         MessageId message, MessageId target, Effect effect, Time heldUntil,
                                         Seq basedOn, bool thenResolve);
    /// A reply, or one part of it. @param after the delivery of the part before
    [[nodiscard]] std::pair<MessageId, DeliveryId> addReply(const Change::NewReply &change, qsizetype part,
                                                            MessageId target, DeliveryId after);
    void storeWish(DeliveryId delivery, const Act::SendReply &wish, DeliveryId after);
    void cancelPartsAfter(DeliveryId delivery);
    void leaveUnanswered(DeliveryId delivery);
    void storeMentions(MessageId message, ConversationId conversation, const QList<AgentId> &agents);
    void cancelWaiting(ChannelId channel);
    void cutReferences();

    Writing &m_writing;
    const Action &m_action;
    const ActingParty &m_party;
    qint64 m_created = 0;
    ChannelId m_madeChannel;
};

} // namespace Earshot
