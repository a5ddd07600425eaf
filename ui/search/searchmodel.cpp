// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/search/searchmodel.h"

#include "ui/shell/commandregistry.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

namespace Earshot {

namespace {

constexpr int hitsPerPage = 50;
constexpr int mostCommands = 4;

} // namespace

SearchModel::SearchModel(Desk &desk, const CommandRegistry &commands, QObject *parent)
    : QAbstractListModel(parent)
    , m_desk(desk)
    , m_commands(commands)
{
    // Keys that came together are one text; none is waited for, as a newer one ends the search under way.
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &SearchModel::start);
}

SearchModel::~SearchModel()
{
    cancel();
}

void SearchModel::setText(const QString &text, bool isTyping)
{
    if (text == m_text && isTyping == m_isTyping)
        return;
    m_text = text;
    m_isTyping = isTyping;
    if (isTyping)
        m_soon.start();
    else
        start();
}

QStringList SearchModel::words() const
{
    QStringList all = m_query.words;
    for (const QStringList &phrase : m_query.phrases)
        all.append(phrase.join(QLatin1Char(' ')));
    return all;
}

const ConversationRecord *SearchModel::record(ConversationId id) const
{
    const auto it = m_records.constFind(id);
    return it == m_records.constEnd() ? nullptr : &*it;
}

int SearchModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_commandIds.size() + m_hits.size());
}

QVariant SearchModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (index.row() < m_commandIds.size()) {
        const QString id = m_commandIds.at(index.row());
        switch (role) {
        case Qt::DisplayRole:
            return m_commands.plainText(id);
        case Qt::AccessibleTextRole:
            return m_commands.keyText(id).isEmpty()
                       ? tr("Command %1").arg(m_commands.plainText(id))
                       : tr("Command %1, %2", "command, its key").arg(m_commands.plainText(id), m_commands.keyText(id));
        case int(Role::command):
            return id;
        default:
            return {};
        }
    }
    const SearchHit &hit = m_hits.at(index.row() - m_commandIds.size());
    const ConversationRecord *known = record(hit.conversation);
    switch (role) {
    case Qt::DisplayRole:
        return plain(hit.excerpt);
    case Qt::AccessibleTextRole:
        return QStringList{known ? known->contactName : QString(), Wording::clockTime(hit.at), plain(hit.excerpt)}.join(
            QStringLiteral(", "));
    case int(Role::command):
        return QString();
    case int(Role::conversation):
        return hit.conversation.value;
    case int(Role::message):
        return hit.message.value;
    case int(Role::excerpt):
        return hit.excerpt;
    case int(Role::at):
        return toMs(hit.at);
    default:
        return {};
    }
}

bool SearchModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_state == State::ready && m_hasMore;
}

void SearchModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        search(m_goOnBefore);
}

QString SearchModel::plain(QString excerpt)
{
    return excerpt.remove(QChar(0xE001)).remove(QChar(0xE002));
}

void SearchModel::start()
{
    m_soon.stop();
    cancel();
    m_query = parseSearch(m_text, m_isTyping);
    if (m_text.trimmed().isEmpty() || m_query.isEmpty()) {
        beginResetModel();
        m_commandIds.clear();
        m_hits.clear();
        m_hasMore = false;
        endResetModel();
        setState(State::idle);
        return;
    }
    search(MessageId());
}

void SearchModel::search(MessageId before)
{
    const auto isCancelled = std::make_shared<std::atomic_bool>(false);
    m_isCancelled = isCancelled;
    setState(State::searching);
    const Time now = m_desk.workspace().clock().now();
    auto future = m_desk.workspace().read<Found>(
        [query = m_query, me = m_desk.me(), before, now, isCancelled](Database &database) -> Result<Found> {
            database.setCancel([isCancelled] { return isCancelled->load(std::memory_order_relaxed); });
            auto page = searchMessages(database, query, me, before, hitsPerPage, now);
            database.setCancel({});
            if (!page)
                return tl::unexpected(page.error());
            QList<ConversationId> ids;
            for (const SearchHit &hit : std::as_const(page->hits)) {
                if (!ids.contains(hit.conversation))
                    ids.append(hit.conversation);
            }
            auto records = loadConversations(database, ids, me, now);
            if (!records)
                return tl::unexpected(records.error());
            return Found{*page, *records};
        });
    whenDone(future, this, [this, isCancelled, isFirst = !before.isValid()](const Result<Found> &found) {
        if (isCancelled->load())
            return;
        if (found) {
            take(*found, isFirst);
            return;
        }
        m_error = found.error();
        setState(State::failed);
    });
}

void SearchModel::take(const Found &found, bool isFirst)
{
    if (isFirst) {
        beginResetModel();
        m_records.clear();
        m_hits.clear();
        m_commandIds = m_commands.matching(m_text, mostCommands);
    } else if (!found.page.hits.isEmpty()) {
        beginInsertRows({}, rowCount(), rowCount() + int(found.page.hits.size()) - 1);
    }
    for (const ConversationRecord &record : found.records)
        m_records.insert(record.id, record);
    m_hits.append(found.page.hits);
    m_hasMore = found.page.hasMore || found.page.isSearchingOlder;
    m_goOnBefore = found.page.goOnBefore;
    if (isFirst)
        endResetModel();
    else if (!found.page.hits.isEmpty())
        endInsertRows();
    // Less than a page, but older ones were not looked at: go on by itself, so that an empty answer is a true one.
    m_foundOfPage = isFirst || m_foundOfPage >= hitsPerPage ? 0 : m_foundOfPage;
    m_foundOfPage += int(found.page.hits.size());
    if (found.page.isSearchingOlder && m_foundOfPage < hitsPerPage)
        search(m_goOnBefore);
    else
        setState(State::ready);
}

void SearchModel::cancel()
{
    if (m_isCancelled)
        m_isCancelled->store(true);
    m_isCancelled.reset();
}

void SearchModel::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged();
}

} // namespace Earshot
