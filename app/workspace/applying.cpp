// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/applying.h"

#include "model/htmltext.h"
#include "workspace/changes.h"
#include "workspace/deliverystore.h"
#include "workspace/journal.h"
#include "workspace/messagestore.h"
#include "workspace/settingstore.h"
#include "workspace/viewstore.h"

#include <tuple>

namespace Earshot {

namespace {

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

void Applier::operator()(const Change::Work &change)
{
    Statement update = m_writing.statement("update_conversation_work");
    update.bind("id", change.conversation).bind("seq", m_writing.nextSeq()).bind("by", m_party.agent.id);
    update.bind("has_status", change.status.has_value()).bind("status", change.status.value_or(Status::open));
    update.bind("reason", change.reason).bind("duplicate_of", change.duplicateOf);
    update.bind("snoozed_until", change.snoozedUntil);
    update.bind("has_assignee", change.assignee.has_value()).bind("assignee", change.assignee.value_or(AgentId()));
    update.bind("has_priority", change.priority.has_value())
        .bind("priority", change.priority.value_or(Priority::normal));
    update.run();
    m_writing.notice().conversations.insert(change.conversation);
}

TagId Applier::tagNamed(const QString &name)
{
    {
        Statement find = m_writing.statement("select_tag_by_name");
        if (find.bind("name", name).next())
            return TagId(find.integer(0));
    }
    Statement insert = m_writing.statement("insert_tag");
    insert.bind("id", m_writing.newRowId()).bind("seq", m_writing.nextSeq());
    insert.bind("uuid", uuid()).bind("name", name).run();
    m_writing.notice().hasChannels = true;
    return TagId(m_writing.database().lastInsertId());
}

void Applier::operator()(const Change::Tagging &change)
{
    const TagId tag = tagNamed(change.tag);
    if (change.isAdded) {
        Statement insert = m_writing.statement("insert_conversation_tag");
        insert.bind("id", m_writing.newRowId()).bind("seq", m_writing.nextSeq());
        insert.bind("conversation", change.conversation).bind("tag", tag).run();
    } else {
        removeRows(m_writing, "select_conversation_tag", "delete_conversation_tag", "conversation_tag",
                   {{"conversation", change.conversation.value}, {"tag", tag.value}});
    }
    // The row itself is what lists show: its number moves with its tags.
    Statement touch = m_writing.statement("update_conversation_seq");
    touch.bind("id", change.conversation).bind("seq", m_writing.nextSeq()).run();
    m_writing.notice().conversations.insert(change.conversation);
}

void Applier::storeMentions(MessageId message, ConversationId conversation, const QList<AgentId> &agents)
{
    for (const AgentId agent : agents) {
        Statement insert = m_writing.statement("insert_note_mention");
        insert.bind("id", m_writing.newRowId()).bind("seq", m_writing.nextSeq());
        insert.bind("message", message).bind("conversation", conversation);
        insert.bind("agent", agent).run();
    }
}

void Applier::operator()(const Change::NewNote &change)
{
    NewMessage note;
    note.conversation = change.conversation;
    note.kind = MessageKind::note;
    note.agent = m_party.agent.id;
    note.uuid = uuid();
    note.text = change.text;
    const MessageId id = storeOwnMessage(m_writing, note);
    storeMentions(id, change.conversation, change.mentions);
    m_created = id.value;
}

void Applier::operator()(const Change::NoteText &change)
{
    const ConversationId conversation = replaceText(m_writing, change.message, change.text, m_writing.now());
    storeMentions(change.message, conversation, change.mentions);
}

DeliveryId Applier::addDelivery(const QString &name, ChannelId channel, ConversationId conversation, MessageId message,
                                MessageId target, Effect effect, Time heldUntil, Seq basedOn, bool thenResolve)
{
    const bool isHeld = heldUntil > m_writing.now();
    Statement insert = m_writing.statement("insert_delivery");
    insert.bind("id", m_writing.newRowId()).bind("seq", m_writing.nextSeq());
    insert.bind("channel", channel).bind("uuid", name);
    insert.bind("conversation", conversation).bind("message", message).bind("target", target).bind("effect", effect);
    insert.bind("state", isHeld ? DeliveryState::held : DeliveryState::queued).bind("agent", m_party.agent.id);
    insert.bind("device", m_party.device).bind("based_on", basedOn).bind("held_until", heldUntil);
    insert.bind("created_at", m_writing.now()).bind("queued_at", isHeld ? heldUntil : m_writing.now());
    insert.bind("then_resolve", thenResolve).run();
    m_writing.notice().hasDeliveries = true;
    return DeliveryId(m_writing.database().lastInsertId());
}

void Applier::operator()(const Change::NewReply &change)
{
    auto [message, delivery] = addReply(change, 0, change.target, DeliveryId());
    storeOutgoingMedia(m_writing, message, change.reply.media);
    m_created = delivery.value;
    for (qsizetype part = 1; part <= change.reply.furtherParts.size(); ++part)
        std::tie(message, delivery) = addReply(change, part, message, delivery);
}

std::pair<MessageId, DeliveryId> Applier::addReply(const Change::NewReply &change, qsizetype part, MessageId target,
                                                   DeliveryId after)
{
    const Act::SendReply &wish = change.reply;
    NewMessage reply;
    reply.conversation = wish.conversation;
    reply.kind = MessageKind::reply;
    reply.agent = m_party.agent.id;
    // The action names the first one; the others' names follow from it.
    reply.uuid =
        part == 0 ? uuid() : QUuid::createUuidV5(m_action.id, QString::number(part)).toString(QUuid::WithoutBraces);
    reply.text = part == 0 ? wish.text : wish.furtherParts.at(part - 1);
    reply.contentWarning = wish.contentWarning;
    reply.language = wish.language;
    reply.visibility = change.visibility;
    reply.target = target;
    const MessageId id = storeOwnMessage(m_writing, reply);
    movePublicSeq(m_writing, wish.conversation, m_party.device);
    const DeliveryId delivery =
        addDelivery(reply.uuid, channelOfConversation(m_writing, wish.conversation), wish.conversation, id, target,
                    Effect::reply, change.heldUntil, change.basedOn, wish.thenResolve);
    storeWish(delivery, wish, after);
    return {id, delivery};
}

void Applier::storeWish(DeliveryId delivery, const Act::SendReply &wish, DeliveryId after)
{
    if (wish.leftOut.isEmpty() && !wish.mayWiden && !after.isValid())
        return;
    const QString leftOut = wish.leftOut.join(QLatin1Char('\n'));
    Statement update = m_writing.statement("update_delivery_left_out");
    update.bind("id", delivery).bind("left_out", leftOut).run();
    Statement insert = m_writing.statement("insert_delivery_wish");
    insert.bind("delivery", delivery).bind("left_out", leftOut);
    insert.bind("may_widen", wish.mayWiden).bind("after_delivery", after).run();
}

void Applier::cancelPartsAfter(DeliveryId delivery)
{
    QList<DeliveryId> waiting;
    {
        Statement find = m_writing.statement("select_parts_after");
        find.bind("delivery", delivery);
        while (find.next()) {
            DeliveryId id;
            DeliveryState state = DeliveryState::none;
            find >> id >> state;
            if (state == DeliveryState::held || state == DeliveryState::queued || state == DeliveryState::failed)
                waiting.append(id);
        }
    }
    for (const DeliveryId id : std::as_const(waiting)) {
        DeliveryChange step;
        step.delivery = id;
        step.state = DeliveryState::cancelled;
        storeDelivery(m_writing, step);
    }
}

/// What was to be answered with a reply that is taken back, still is.
void Applier::leaveUnanswered(DeliveryId delivery)
{
    ConversationId conversation;
    Effect effect = Effect::reply;
    {
        Statement find = m_writing.statement("select_delivery_facts");
        if (!find.bind("id", delivery).next())
            return;
        DeliveryId id;
        MessageId message;
        ChannelId channel;
        find >> id >> conversation >> message >> channel >> effect;
    }
    if (effect == Effect::reply)
        readLastWord(m_writing, conversation);
}

void Applier::operator()(const Change::NewEffect &change)
{
    m_created = addDelivery(uuid(), channelOfConversation(m_writing, change.conversation), change.conversation,
                            change.message, change.message, change.effect, change.heldUntil, 0, false)
                    .value;
    m_writing.notice().conversations.insert(change.conversation);
}

void Applier::operator()(const Change::DeliveryStep &change)
{
    DeliveryChange step;
    step.delivery = change.delivery;
    step.state = change.state;
    step.heldUntil = change.heldUntil;
    step.queuedAt = change.state == DeliveryState::queued ? m_writing.now() : Time();
    step.basedOn = change.basedOn;
    if (change.state == DeliveryState::queued)
        step.attempts = 0;
    storeDelivery(m_writing, step);
    if (change.state == DeliveryState::cancelled) {
        cancelPartsAfter(change.delivery);
        leaveUnanswered(change.delivery);
    }
    m_created = change.delivery.value;
}

void Applier::operator()(const Change::ContactMerge &change)
{
    Statement update = m_writing.statement("update_contact_merged");
    update.bind("id", change.contact).bind("seq", m_writing.nextSeq()).bind("into", change.into).run();
    m_writing.notice().hasChannels = true;
}

void Applier::operator()(const Change::AgentRow &change)
{
    m_writing.notice().hasChannels = true;
    if (!change.agent.isValid()) {
        Statement insert = m_writing.statement("insert_agent");
        insert.bind("seq", m_writing.nextSeq()).bind("uuid", uuid()).bind("name", change.name.value_or(QString()));
        insert.bind("role", change.role.value_or(Role::agent)).run();
        m_created = m_writing.database().lastInsertId();
        return;
    }
    Statement update = m_writing.statement("update_agent");
    update.bind("id", change.agent).bind("seq", m_writing.nextSeq());
    update.bind("has_name", change.name.has_value()).bind("name", change.name.value_or(QString()));
    update.bind("role", change.role ? int(*change.role) : -1);
    update.bind("disabled", change.isDisabled ? int(*change.isDisabled) : -1);
    update.bind("on_duty", change.isOnDuty ? int(*change.isOnDuty) : -1).run();
    m_created = change.agent.value;
}

void Applier::operator()(const Change::NewChannel &change)
{
    const Act::AddChannel &wish = change.channel;
    qint64 id = 0;
    {
        Statement find = m_writing.statement("select_next_channel");
        if (find.next())
            id = find.integer(0);
    }
    Statement insert = m_writing.statement("insert_channel");
    insert.bind("id", id).bind("seq", m_writing.nextSeq()).bind("uuid", uuid()).bind("network", wish.network);
    insert.bind("address", wish.address).bind("name", wish.name).bind("base_url", wish.baseUrl);
    insert.bind("login", wish.login).bind("purpose", wish.purpose).bind("horizon", wish.horizon);
    insert.bind("work_since", wish.workSince).bind("created_at", m_writing.now()).run();
    m_created = id;
    m_madeChannel = ChannelId(id);
    m_writing.notice().hasChannels = true;
}

void Applier::operator()(const Change::ChannelRow &change)
{
    const Act::EditChannel &edit = change.edit;
    Statement update = m_writing.statement("update_channel");
    update.bind("id", edit.channel).bind("seq", m_writing.nextSeq());
    update.bind("name", edit.name ? cleanLine(*edit.name, 120) : QString());
    update.bind("purpose", edit.purpose ? int(*edit.purpose) : -1);
    update.bind("pull_every", edit.pullEverySeconds.value_or(0)).run();
    m_writing.notice().hasChannels = true;
}

void Applier::cancelWaiting(ChannelId channel)
{
    QList<DeliveryId> waiting;
    {
        Statement find = m_writing.statement("select_channel_waiting_deliveries");
        find.bind("channel", channel);
        while (find.next())
            waiting.append(DeliveryId(find.integer(0)));
    }
    for (const DeliveryId id : std::as_const(waiting)) {
        DeliveryChange step;
        step.delivery = id;
        step.state = DeliveryState::failed;
        step.failure = QStringLiteral("channelRemoved");
        storeDelivery(m_writing, step);
    }
}

void Applier::operator()(const Change::ChannelEnd &change)
{
    {
        Statement update = m_writing.statement("update_channel_removed");
        update.bind("id", change.channel).bind("seq", m_writing.nextSeq()).bind("at", m_writing.now()).run();
    }
    cancelWaiting(change.channel);
    m_writing.notice().hasChannels = true;
}

void Applier::operator()(const Change::SendingPause &change)
{
    {
        Statement update = m_writing.statement("update_channel_paused");
        update.bind("id", change.channel).bind("seq", m_writing.nextSeq());
        update.bind("by", change.isPaused ? m_party.agent.id : AgentId()).bind("reason", change.reason).run();
    }
    m_writing.notice().hasChannels = true;
}

void Applier::operator()(const Change::SavedReplyRow &change)
{
    const bool isNew = !change.row.savedReply.isValid();
    Statement store = m_writing.statement(isNew ? "insert_saved_reply" : "update_saved_reply");
    store.bind("seq", m_writing.nextSeq()).bind("name", change.row.name).bind("text", change.row.text);
    if (isNew)
        store.bind("id", m_writing.newRowId()).bind("uuid", uuid());
    else
        store.bind("id", change.row.savedReply);
    store.run();
    m_created = isNew ? m_writing.database().lastInsertId() : change.row.savedReply.value;
    m_writing.notice().hasChannels = true;
}

void Applier::operator()(const Change::SavedReplyEnd &change)
{
    removeRows(m_writing, "select_saved_reply_row", "delete_saved_reply", "saved_reply",
               {{"id", change.savedReply.value}});
    m_writing.notice().hasChannels = true;
}

void Applier::operator()(const Change::MacroRow &change)
{
    const bool isNew = !change.row.macro.isValid();
    Statement store = m_writing.statement(isNew ? "insert_macro" : "update_macro");
    store.bind("seq", m_writing.nextSeq()).bind("name", change.row.name).bind("key", change.row.key);
    store.bind("steps", stepsToText(change.row.steps));
    if (isNew)
        store.bind("id", m_writing.newRowId()).bind("uuid", uuid());
    else
        store.bind("id", change.row.macro);
    store.run();
    m_created = isNew ? m_writing.database().lastInsertId() : change.row.macro.value;
    m_writing.notice().hasChannels = true;
}

void Applier::operator()(const Change::MacroEnd &change)
{
    removeRows(m_writing, "select_macro_row", "delete_macro", "macro", {{"id", change.macro.value}});
}

void Applier::operator()(const Change::NewTeam &change)
{
    Statement insert = m_writing.statement("insert_team");
    insert.bind("seq", m_writing.nextSeq()).bind("uuid", uuid()).bind("name", change.name).run();
    m_created = m_writing.database().lastInsertId();
    m_writing.notice().hasChannels = true;
}

void Applier::operator()(const Change::Membership &change)
{
    m_writing.notice().hasChannels = true;
    if (!change.isMember) {
        removeRows(m_writing, "select_team_member", "delete_team_member", "team_member",
                   {{"team", change.team.value}, {"agent", change.agent.value}});
        return;
    }
    Statement insert = m_writing.statement("insert_team_member");
    insert.bind("seq", m_writing.nextSeq()).bind("team", change.team).bind("agent", change.agent).run();
}

void Applier::operator()(const Change::ChannelGrant &change)
{
    Statement update = m_writing.statement("update_channel_team");
    update.bind("id", change.channel).bind("seq", m_writing.nextSeq()).bind("team", change.team).run();
    m_writing.notice().hasChannels = true;
    cutReferences();
}

/// No row names one that not everybody may see who may see the row.
void Applier::cutReferences()
{
    const auto crossing = [this](const char *list) {
        QList<qint64> ids;
        Statement find = m_writing.statement(list);
        while (find.next())
            ids.append(find.integer(0));
        return ids;
    };
    const QList<qint64> conversations = crossing("list_crossing_duplicates");
    for (const qint64 id : conversations) {
        Statement clear = m_writing.statement("update_conversation_no_duplicate");
        clear.bind("id", id).bind("seq", m_writing.nextSeq()).run();
        m_writing.notice().conversations.insert(ConversationId(id));
    }
    const QList<qint64> contacts = crossing("list_crossing_contacts");
    for (const qint64 id : contacts) {
        Statement clear = m_writing.statement("update_contact_merged");
        clear.bind("id", id).bind("seq", m_writing.nextSeq()).bind("into", ContactId()).run();
    }
    if (!(conversations.isEmpty() && contacts.isEmpty()) && !m_writing.isForecasting())
        m_writing.setMeta(QString::fromLatin1(referencesCutAt), QString::number(m_writing.lastSeq()));
}

void Applier::operator()(const Change::ViewRow &change)
{
    Statement store = m_writing.statement(change.view.isValid() ? "update_view" : "insert_view");
    store.bind("seq", m_writing.nextSeq());
    if (change.view.isValid())
        store.bind("id", change.view);
    else
        store.bind("id", m_writing.newRowId()).bind("uuid", uuid());
    bindView(store, change.content);
    store.run();
    m_created = change.view.isValid() ? change.view.value : m_writing.database().lastInsertId();
    m_writing.notice().hasViews = true;
}

void Applier::operator()(const Change::ViewEnd &change)
{
    removeRows(m_writing, "select_view_notices", "delete_notice", "notice", {{"view", change.view.value}});
    removeRows(m_writing, "select_view", "delete_view", "shared_view", {{"id", change.view.value}});
    m_writing.notice().hasViews = true;
}

void Applier::operator()(const Change::ViewOrder &change)
{
    for (qsizetype i = 0; i < change.views.size(); ++i) {
        const Seq seq = m_writing.nextSeq();
        Statement store = m_writing.statement("update_view_position");
        store.bind("id", change.views.at(i)).bind("seq", seq).bind("position", qint64(i + 1)).run();
    }
}

void Applier::operator()(const Change::NewNotice &change)
{
    const Act::PinNotice &notice = change.notice;
    Statement insert = m_writing.statement("insert_notice");
    insert.bind("id", m_writing.newRowId()).bind("seq", m_writing.nextSeq());
    insert.bind("channel", notice.channel).bind("uuid", uuid());
    insert.bind("agent", m_party.agent.id).bind("at", m_writing.now()).bind("until", notice.until);
    insert.bind("text", notice.text).bind("tag", notice.tag).bind("view", notice.view);
    insert.bind("list", notice.list ? word(*notice.list) : QString()).run();
    m_created = m_writing.database().lastInsertId();
}

void Applier::operator()(const Change::NoticeEnd &change)
{
    removeRows(m_writing, "select_notice_row", "delete_notice", "notice", {{"id", change.notice.value}});
}

void Applier::operator()(const Change::TeamName &change)
{
    Statement update = m_writing.statement("update_team");
    update.bind("id", change.team).bind("seq", m_writing.nextSeq()).bind("name", change.name).run();
    m_writing.notice().hasChannels = true;
}

void Applier::operator()(const Change::TeamEnd &change)
{
    removeRows(m_writing, "select_team_members", "delete_team_member", "team_member", {{"team", change.team.value}});
    removeRows(m_writing, "select_team_row", "delete_team", "team", {{"id", change.team.value}});
    m_writing.notice().hasChannels = true;
}

void Applier::operator()(const Change::SettingValue &change)
{
    storeSetting(m_writing, change.setting, change.value);
    m_writing.notice().hasChannels = true;
}

} // namespace

qint64 applyDecision(Writing &writing, const Decision &decision, const Action &action, const ActingParty &party)
{
    Applier applier(writing, action, party);
    for (const ChangeEffect &change : decision.changes)
        std::visit(applier, change);

    JournalLine line;
    line.action = action.id.toString(QUuid::WithoutBraces);
    line.agent = party.agent.id;
    line.device = party.device;
    line.number = party.number;
    line.kind = kindOf(action.arguments);
    // Who may not see a channel does not read of its making either.
    line.channel = decision.channel.isValid() ? decision.channel : applier.madeChannel();
    line.conversation = decision.conversation;
    line.message = decision.message;
    line.before = decision.before;
    line.after = decision.after;
    writeJournal(writing, line);
    return applier.created();
}

} // namespace Earshot
