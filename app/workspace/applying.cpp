// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/applying.h"

#include "model/htmltext.h"
#include "workspace/applier.h"
#include "workspace/changes.h"
#include "workspace/journal.h"
#include "workspace/messagestore.h"
#include "workspace/settingstore.h"
#include "workspace/viewstore.h"

namespace Earshot {

void Applier::operator()(const Change::AgentRow &change)
{
    m_writing.notice().hasChannels = true;
    if (!change.agent.isValid()) {
        Statement insert = m_writing.statement("insert_agent");
        insert.bind("seq", m_writing.nextSeq()).bind("uuid", uuid()).bind("name", change.name.value_or(QString()));
        insert.bind("role", change.role.value_or(Role::agent)).bind("on_duty", change.isOnDuty.value_or(true)).run();
        m_created = m_writing.database().lastInsertId();
        return;
    }
    Statement update = m_writing.statement("update_agent");
    update.bind("id", change.agent).bind("seq", m_writing.nextSeq());
    update.bind("has_name", change.name.has_value()).bind("name", change.name.value_or(QString()));
    update.bind("role", change.role ? int(*change.role) : -1);
    update.bind("disabled", change.isDisabled ? int(*change.isDisabled) : -1);
    update.bind("open_limit", change.openLimit.value_or(-1));
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

void Applier::operator()(const Change::ChannelEnd &change)
{
    {
        Statement update = m_writing.statement("update_channel_removed");
        update.bind("id", change.channel).bind("seq", m_writing.nextSeq()).bind("at", m_writing.now()).run();
    }
    cancelWaiting(change.channel);
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
