// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/inboxpane.h"

#include "ui/inbox/bulkbar.h"
#include "ui/inbox/conversationdelegate.h"
#include "ui/inbox/conversationtable.h"
#include "ui/inbox/emptylist.h"
#include "ui/inbox/listheader.h"
#include "ui/inbox/listplaces.h"
#include "ui/shell/errortext.h"
#include "ui/shell/lowarea.h"
#include "ui/shell/noticebar.h"
#include "ui/shell/presencesigns.h"
#include "ui/shell/queues.h"
#include "ui/shell/roster.h"
#include "ui/shell/statepage.h"
#include "ui/shell/wording.h"

#include <QHeaderView>
#include <QLocale>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace Earshot {

InboxPane::InboxPane(Desk &desk, const Roster &roster, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_roster(roster)
    , m_model(desk)
    , m_header(new ListHeader(desk, this))
    , m_notices(new NoticeBar(this))
    , m_stack(new QStackedWidget(this))
    , m_table(new ConversationTable(m_model, this))
    , m_statePage(new StatePage(this))
    , m_bulkBar(new BulkBar(this))
{
    setObjectName(QStringLiteral("inboxPane"));
    // On a low screen, with a notice above and marks below, there would be no room for the list: then they scroll.
    auto *area = new LowArea(this);
    auto *page = new QWidget(area);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(area);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    connectHeader();
    buildList(desk.workspace().clock());
    column->addWidget(m_header);
    column->addWidget(m_notices);
    // What says that the list is empty must not keep the window from being low.
    m_stack->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    m_stack->setMinimumHeight(ConversationDelegate::rowHeight(m_table->font()));
    column->addWidget(m_stack, 1);
    column->addWidget(m_bulkBar);
    area->setPage(page);
    connect(m_bulkBar, &BulkBar::clearAsked, this, &InboxPane::clearMarks);
    connect(m_bulkBar, &BulkBar::stopAsked, this, &InboxPane::stopAsked);
    connect(&m_model, &ConversationListModel::markedChanged, this, [this] {
        if (m_model.markedCount() == 0)
            m_markedLast = ConversationId();
        showMarks();
        Q_EMIT targetsChanged();
    });
    m_showLoading.setSingleShot(true);
    m_showLoading.setInterval(100);
    connect(&m_showLoading, &QTimer::timeout, this, &InboxPane::updateState);
    connect(m_statePage, &StatePage::stepAsked, this, [this] {
        if (m_model.state() == ConversationListModel::State::failed)
            m_model.refresh();
        else
            Q_EMIT commandAsked(m_step);
    });
    nameChannels();
    updateState();
}

void InboxPane::connectHeader()
{
    connect(m_header, &ListHeader::orderChosen, this, &InboxPane::setOrder);
    connect(m_header, &ListHeader::groupingChosen, this, &InboxPane::setGrouped);
    connect(m_header, &ListHeader::announced, this, &InboxPane::announced);
    connect(m_header, &ListHeader::newOnesAsked, this, [this] {
        m_model.catchUp(m_current);
        m_table->scrollToTop();
        m_table->setFocus();
    });
    connect(&m_model, &ConversationListModel::waitingCountChanged, this, &InboxPane::showWaiting);
    connect(&m_roster, &Roster::countsChanged, this, &InboxPane::updateCount);
    connect(&m_roster, &Roster::rosterChanged, this, &InboxPane::updateState);
    connect(&m_roster, &Roster::rosterChanged, this, &InboxPane::nameChannels);
    connect(&m_desk, &Desk::outboxChanged, this, &InboxPane::updateState);
    connect(&m_desk, &Desk::statusChanged, this, [this] {
        if (m_current.isValid() && isAllHere())
            m_model.setFrozen(true);
    });
}

void InboxPane::showWaiting()
{
    m_header->showWaiting(m_model.waitingCount(), m_model.movedCount(), m_model.isFrozen());
}

void InboxPane::showMarks()
{
    m_bulkBar->showMarked(m_model.markedCount(), m_model.isRestUnmarked(), m_total);
}

void InboxPane::buildList(const Clock &clock)
{
    m_table->setObjectName(QStringLiteral("conversations"));
    m_table->setAccessibleName(tr("Conversations"));
    m_table->setItemDelegate(new ConversationDelegate(m_model, clock, m_table));
    m_table->setMinimumWidth(240);
    m_table->verticalHeader()->setDefaultSectionSize(ConversationDelegate::rowHeight(m_table->font()));
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setMouseTracking(true);
    m_table->setStart([this] { return m_model.rowOf(m_resumeAt); });
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] { m_resumeAt = m_markedLast = ConversationId(); });
    connect(m_table, &ConversationTable::markClicked, this, &InboxPane::markByPointer);
    m_model.setPresence(*new PresenceSigns(m_desk, m_roster, this));
    const auto moved = [this] { Q_EMIT rowsOnScreenChanged(); };
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, moved);
    connect(m_table->verticalScrollBar(), &QScrollBar::rangeChanged, this, moved);
    connect(&m_model, &ConversationListModel::rearranged, this, moved);
    connect(&m_model, &QAbstractItemModel::modelReset, this, moved);
    m_stack->addWidget(m_statePage);
    m_stack->addWidget(m_table);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) { onCurrentChanged(current.row()); });
    // Another conversation may be shown than the current row's, as one that the header lists.
    connect(m_table, &ConversationTable::clicked, this, [this](const QModelIndex &index) {
        if (m_current.isValid() && m_model.conversationAt(index.row()) == m_current)
            Q_EMIT conversationChosen(m_current);
        Q_EMIT rowClicked(m_model.conversationAt(index.row()));
    });
    connect(m_table, &ConversationTable::activated, this,
            [this](const QModelIndex &index) { Q_EMIT conversationOpened(m_model.conversationAt(index.row())); });
    connect(&m_model, &ConversationListModel::rearranged, this, &InboxPane::onArranged);
    connect(&m_model, &ConversationListModel::stateChanged, this, [this] {
        // Old rows stay; "loading" is said only when it takes its time.
        if (m_model.state() == ConversationListModel::State::loading)
            m_showLoading.start();
        else
            updateState();
    });
    // Those that were done before it may be leaving the list with it.
    connect(
        &m_model, &QAbstractItemModel::dataChanged, this,
        [this] {
            if (!m_through.isValid() ||
                !m_table->currentIndex().data(int(ConversationListModel::Role::hasLeft)).toBool())
                return;
            m_through = ConversationId();
            leaveLast();
        },
        Qt::QueuedConnection);
    connect(m_table, &ConversationTable::losingRows, this, [this] { m_isRearranging = true; });
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, &InboxPane::updateState);
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, &InboxPane::updateState);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &InboxPane::onReset);
    connect(&m_model, &ConversationListModel::pagingFailed, this, [this](const Error &error) {
        Q_EMIT pagingFailed(tr("The rest of the list could not be read.") + QLatin1Char(' ') + ErrorText::of(error),
                            [this] { m_model.retryPaging(); });
    });
    connect(&m_model, &ConversationListModel::markingFailed, this, [this](const Error &error) {
        Q_EMIT pagingFailed(tr("Nothing was marked.") + QLatin1Char(' ') + ErrorText::of(error),
                            [this] { m_model.markAll(); });
    });
}

QWidget *InboxPane::emptyPage() const
{
    return m_statePage;
}

QWidget *InboxPane::list() const
{
    return m_table;
}

void InboxPane::show(const ListQuery &query, const QString &title)
{
    m_header->setTitle(title);
    const ListQuery sorted = ListPlaces::sortedAsChosen(query);
    const bool isSame = query == m_shown && sorted.order == m_model.query().order &&
                        sorted.isGrouped == m_model.query().isGrouped &&
                        m_model.state() == ConversationListModel::State::ready;
    m_shown = query;
    if (isSame) {
        // What waits comes in; marks and place stay.
        m_model.refresh();
        m_model.catchUp(m_current);
        if (!m_current.isValid())
            m_table->scrollToTop();
    } else {
        m_kept = m_lost = ConversationId();
        m_model.show(sorted);
    }
    m_header->showActivity(query);
    m_header->showOrder(m_model.query());
    updateCount();
    Q_EMIT shown();
}

void InboxPane::readAnew()
{
    m_kept = m_current;
    m_model.show(ListQuery(m_model.query()));
}

QString InboxPane::title() const
{
    return m_header->title();
}

void InboxPane::setTitle(const QString &title)
{
    m_header->setTitle(title);
}

void InboxPane::setOrder(ListOrder order)
{
    ListQuery query = m_model.query();
    if (!hasOrders(query))
        return;
    query.order = order;
    showSorted(query);
}

void InboxPane::setGrouped(bool isGrouped)
{
    ListQuery query = m_model.query();
    if (!hasOrders(query))
        return;
    query.isGrouped = isGrouped;
    showSorted(query);
}

void InboxPane::showSorted(const ListQuery &query)
{
    ListPlaces::rememberOrder(m_shown, query);
    m_kept = m_current;
    m_model.show(query);
    m_header->showOrder(query);
}

void InboxPane::setCount(std::optional<qint64> count)
{
    m_count = count;
    updateCount();
}

void InboxPane::nameChannels()
{
    QHash<ChannelId, QString> names;
    for (const ChannelRecord &channel : m_roster.channels())
        names.insert(channel.id, channel.name.isEmpty() ? channel.address : channel.name);
    m_model.setChannelNames(names);
}

void InboxPane::updateCount()
{
    if (!m_roster.counts())
        return;
    const std::optional<qint64> count = m_count ? m_count : Queues::countOf(query(), *m_roster.counts());
    const bool isBeingCounted = query().view == View::custom && !count && query().filter.isCounted();
    // Such a list is sorted as a whole, and that has an end: who waits longest may be beyond it.
    if (count && *count > mostSorted && isReadWhole(query()))
        m_header->setCount(tr("the newest %1 of %2", "conversations, of a long list that is sorted otherwise")
                               .arg(QLocale().toString(mostSorted), QLocale().toString(*count)));
    else if (query().view == View::notesToMe)
        m_header->setCount(*count > 0 ? tr("%Ln unseen", nullptr, int(*count)) : QString());
    else
        m_header->setCount(count ? QLocale().toString(*count) : isBeingCounted ? QStringLiteral("…") : QString());
    // Of notes those are counted that are new, and all are listed.
    m_total = query().view == View::notesToMe ? std::nullopt : count;
    m_table->setTotal(m_total);
    showMarks();
}

void InboxPane::updateState()
{
    using State = ConversationListModel::State;
    if (m_model.state() == State::failed) {
        m_statePage->show(QStringLiteral("warning"), tr("The list could not be read"), ErrorText::of(m_model.error()),
                          tr("Try again"));
    } else if (m_model.state() == State::loading && !m_showLoading.isActive()) {
        m_statePage->show(QStringLiteral("waiting"), tr("Loading…"), {});
    } else if (m_model.state() == State::loading && m_model.rowCount() == 0) {
        m_statePage->show({}, {}, {});
    } else if (m_model.rowCount() > 0) {
        showPage(m_table);
        return;
    } else {
        const EmptyList::Words words = EmptyList(m_roster, m_commands, m_desk.refusedCount()).of(query());
        m_step = words.command;
        m_statePage->show(words.icon, words.title, words.text, words.step);
    }
    showPage(m_statePage);
}

void InboxPane::showPage(QWidget *page)
{
    // Also before the window is active: whoever will have the focus then.
    const bool hadFocus = window()->focusWidget() == m_stack->currentWidget();
    m_stack->setCurrentWidget(page);
    if (hadFocus)
        page->setFocus();
}

QList<ConversationId> InboxPane::rowsOnScreen() const
{
    QList<ConversationId> rows;
    const auto [first, last] = m_table->rowsOnScreen();
    for (int row = first; row <= last && m_table->isVisible(); ++row)
        rows.append(m_model.conversationAt(row));
    return rows;
}

void InboxPane::takeFocus()
{
    m_stack->currentWidget()->setFocus();
}

void InboxPane::showProgress(int done, int total, bool isBeside)
{
    m_bulkBar->showProgress(done, total, isBeside);
}

void InboxPane::endProgress()
{
    m_bulkBar->endProgress();
}

void InboxPane::unmark(const QList<ConversationRecord> &records)
{
    QList<ConversationId> ids;
    for (const ConversationRecord &record : records)
        ids.append(record.id);
    const int before = m_model.markedCount();
    m_model.unmark(ids);
    m_unmarkedIn = m_model.markedCount() < before ? std::optional(m_shown) : std::nullopt;
}

void InboxPane::markAgain(const QList<ConversationId> &ids)
{
    if (m_unmarkedIn == m_shown && m_model.markedCount() == 0)
        m_model.markAgain({ids.cbegin(), ids.cend()});
    m_unmarkedIn.reset();
}

} // namespace Earshot
