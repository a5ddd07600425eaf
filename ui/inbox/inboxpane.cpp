// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/inboxpane.h"

#include "ui/inbox/afterdeed.h"
#include "ui/inbox/bulkbar.h"
#include "ui/inbox/conversationdelegate.h"
#include "ui/inbox/conversationtable.h"
#include "ui/inbox/emptylist.h"
#include "ui/inbox/listplaces.h"
#include "ui/inbox/orderbox.h"
#include "ui/shell/activitygraph.h"
#include "ui/shell/announcing.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/errortext.h"
#include "ui/shell/icons.h"
#include "ui/shell/noticebar.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/presencesigns.h"
#include "ui/shell/queues.h"
#include "ui/shell/roster.h"
#include "ui/shell/statepage.h"
#include "ui/shell/wording.h"
#include "ui/shell/wraplayout.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace Earshot {

namespace {

constexpr auto betweenAnnouncements = std::chrono::seconds(10);

} // namespace

InboxPane::InboxPane(Desk &desk, const Roster &roster, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_roster(roster)
    , m_model(desk)
    , m_notices(new NoticeBar(this))
    , m_title(new PlainLabel(this))
    , m_count(new PlainLabel(this))
    , m_activity(new ActivityGraph(desk, this))
    , m_order(new OrderBox(this))
    , m_grouped(new QToolButton(this))
    , m_newOnes(new QPushButton(this))
    , m_stack(new QStackedWidget(this))
    , m_table(new ConversationTable(m_model, this))
    , m_statePage(new StatePage(this))
    , m_bulkBar(new BulkBar(this))
{
    setObjectName(QStringLiteral("inboxPane"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildHeader(roster);
    buildList(desk.workspace().clock());
    column->addWidget(m_notices);
    // What says that the list is empty must not keep the window from being low.
    m_stack->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    m_stack->setMinimumHeight(fontMetrics().lineSpacing() * 3);
    column->addWidget(m_stack, 1);
    column->addWidget(m_bulkBar);
    connect(m_bulkBar, &BulkBar::clearAsked, this, &InboxPane::clearMarks);
    connect(m_bulkBar, &BulkBar::stopAsked, this, &InboxPane::stopAsked);
    connect(&m_model, &ConversationListModel::markedChanged, this, [this] {
        if (m_model.markedCount() == 0)
            m_markedLast = ConversationId();
        m_bulkBar->showMarked(m_model.markedCount());
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
    updateState();
}

void InboxPane::buildHeader(const Roster &roster)
{
    auto *header = new QWidget(this);
    auto *row = new WrapLayout(header);
    row->setContentsMargins(14, 8, 8, 8);
    auto *name = new QHBoxLayout;
    m_title->setBold(true);
    m_title->setObjectName(QStringLiteral("viewTitle"));
    m_count->setQuiet(true);
    m_count->setObjectName(QStringLiteral("viewCount"));
    m_activity->setObjectName(QStringLiteral("viewActivity"));
    m_order->setObjectName(QStringLiteral("listOrder"));
    m_grouped->setObjectName(QStringLiteral("listGrouped"));
    m_grouped->setAccessibleName(tr("Group by thread"));
    m_grouped->setToolTip(tr("Group by thread"));
    m_grouped->setIcon(Icons::icon(QStringLiteral("thread")));
    m_grouped->setCheckable(true);
    m_grouped->setAutoRaise(true);
    name->addWidget(m_title);
    name->addWidget(m_count);
    name->addSpacing(6);
    name->addWidget(m_activity);
    name->addStretch(1);
    row->addStretching(name);
    row->addWidget(m_newOnes);
    auto *arranging = new QHBoxLayout;
    arranging->setSpacing(4);
    arranging->addWidget(m_order);
    arranging->addWidget(m_grouped);
    row->addGroup(arranging);
    layout()->addWidget(header);
    m_newOnes->setObjectName(QStringLiteral("newOnes"));
    m_newOnes->setIcon(Icons::icon(QStringLiteral("up")));
    m_newOnes->setFlat(true);
    m_newOnes->setFocusPolicy(Qt::TabFocus);
    m_newOnes->hide();
    connect(m_order, &QComboBox::activated, this, [this] { setOrder(ListOrder(m_order->currentData().toInt())); });
    connect(m_grouped, &QToolButton::clicked, this, &InboxPane::setGrouped);
    connect(m_newOnes, &QPushButton::clicked, this, [this] {
        m_model.catchUp(m_current);
        m_table->scrollToTop();
        m_table->setFocus();
    });
    connect(&m_model, &ConversationListModel::waitingCountChanged, this, &InboxPane::onWaiting);
    m_mayAnnounce.setSingleShot(true);
    m_mayAnnounce.setInterval(betweenAnnouncements);
    connect(&m_mayAnnounce, &QTimer::timeout, this, &InboxPane::announceNews);
    connect(&roster, &Roster::countsChanged, this, &InboxPane::updateHeader);
    connect(&roster, &Roster::rosterChanged, this, &InboxPane::updateState);
}

void InboxPane::onWaiting(int count)
{
    const int moved = m_model.movedCount();
    QStringList parts;
    if (count > moved)
        parts.append(tr("%Ln new", "conversations waiting above the list", count - moved));
    if (moved > 0)
        parts.append(tr("%Ln moved", "rows that would go up, as their contact wrote again", moved));
    m_newOnes->setText(parts.join(QStringLiteral(", ")));
    m_newOnes->setAccessibleName(moved == 0 ? tr("Show %Ln new conversation(s)", nullptr, count)
                                            : tr("Show in the list: %1").arg(m_newOnes->text()));
    m_newOnes->setVisible(count > 0 && m_model.isFrozen());
    fitHeader();
    m_announced = std::min(m_announced, count);
    if (!m_mayAnnounce.isActive())
        announceNews();
}

/// Said to who cannot see the button; what arrives meanwhile is said together later.
void InboxPane::announceNews()
{
    const int count = m_model.waitingCount();
    if (count <= m_announced || !m_newOnes->isVisible())
        return;
    m_announced = count;
    announce(m_newOnes, m_newOnes->accessibleName());
    Q_EMIT announced(m_newOnes->accessibleName());
    m_mayAnnounce.start();
}

void InboxPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitHeader();
}

/// The list's name, its order and what is new need their room first.
void InboxPane::fitHeader()
{
    int needed = m_title->fontMetrics().horizontalAdvance(m_title->text()) + m_activity->sizeHint().width();
    for (const QWidget *other : {static_cast<const QWidget *>(m_count), static_cast<const QWidget *>(m_newOnes),
                                 static_cast<const QWidget *>(m_order), static_cast<const QWidget *>(m_grouped)})
        needed += other->isHidden() ? 0 : other->sizeHint().width();
    constexpr int between = 80;
    m_activity->setVisible(width() >= needed + between);
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
    connect(&m_model, &QAbstractItemModel::rowsAboutToBeRemoved, this, [this] { m_isRearranging = true; });
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

void InboxPane::onReset()
{
    const ConversationId kept = std::exchange(m_kept, {});
    m_current = m_model.rowOf(kept) < 0 ? ConversationId() : kept;
    m_model.setFrozen(m_current.isValid());
    if (m_current.isValid()) {
        m_isRearranging = true;
        m_table->setCurrentIndex(m_model.index(m_model.rowOf(m_current)));
        m_isRearranging = false;
        m_table->scrollTo(m_table->currentIndex());
    } else {
        m_table->scrollToTop();
    }
    updateState();
    Q_EMIT targetsChanged();
}

void InboxPane::addCommands(CommandRegistry &commands)
{
    m_bulkBar->setCommands(commands);
    m_commands = &commands;
    connect(&commands, &CommandRegistry::commandsChanged, this, &InboxPane::updateState);
    const auto add = [&](const char *id, const QString &text, const char *key, const QKeySequence &shortcut, auto run) {
        Command command;
        command.id = QString::fromLatin1(id);
        command.text = text;
        command.key = QString::fromLatin1(key);
        command.shortcut = shortcut;
        command.run = run;
        // What is marked unseen would be done unseen.
        if (command.id.startsWith(QLatin1StringView("mark.")) ||
            command.id.startsWith(QLatin1StringView("list.extend")))
            command.isEnabled = [this] { return isShown(); };
        commands.add(std::move(command));
    };
    add("list.next", tr("&Next conversation"), "J", {}, [this] { step(1); });
    add("list.previous", tr("&Previous conversation"), "K", {}, [this] { step(-1); });
    add("mark.toggle", tr("&Mark"), "X", {}, [this] { toggleMark(); });
    add("list.extendNext", tr("Mark and go to the next"), "Shift+J", {}, [this] { extendMark(1); });
    add("list.extendPrevious", tr("Mark and go to the previous"), "Shift+K", {}, [this] { extendMark(-1); });
    const auto order = [this](ListOrder wanted) { return [this, wanted] { setOrder(wanted); }; };
    add("list.newest", tr("Sort: ne&west first"), "", {}, order(ListOrder::newest));
    add("list.waiting", tr("Sort: &longest waiting first"), "", {}, order(ListOrder::longestWaiting));
    add("list.priority", tr("Sort: &highest priority first"), "", {}, order(ListOrder::priority));
    add("list.grouped", tr("&Group by thread"), "", {}, [this] { setGrouped(!m_model.query().isGrouped); });
    add("mark.all", tr("Mark &all in this view"), "", QKeySequence(Qt::CTRL | Qt::Key_A),
        [this] { m_model.markAll(); });
    add("mark.none", tr("&Unmark all"), "", {}, [this] { clearMarks(); });
}

void InboxPane::step(int step)
{
    if (isShown())
        selectNext(step);
    else
        Q_EMIT stepAsked(step);
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
    m_title->setText(title);
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
        m_kept = ConversationId();
        m_model.show(sorted);
    }
    m_activity->show(query);
    showOrder();
    updateHeader();
    Q_EMIT shown();
}

QString InboxPane::title() const
{
    return m_title->text();
}

void InboxPane::setTitle(const QString &title)
{
    m_title->setText(title);
    fitHeader();
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
    showOrder();
}

void InboxPane::showOrder()
{
    const ListQuery &query = m_model.query();
    // A list with history is only ever read from its newest end.
    m_order->setVisible(hasOrders(query));
    m_grouped->setVisible(hasOrders(query));
    m_order->setCurrentIndex(m_order->findData(int(query.order)));
    m_grouped->setChecked(query.isGrouped);
}

void InboxPane::updateHeader()
{
    if (!m_roster.counts())
        return;
    const std::optional<qint64> count = Queues::countOf(query(), *m_roster.counts());
    const bool isBeingCounted = query().view == View::custom && !count;
    m_count->setText(count ? QLocale().toString(*count) : isBeingCounted ? QStringLiteral("…") : QString());
    m_table->setTotal(count);
    fitHeader();
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
        const EmptyList::Words words = EmptyList(m_roster, m_commands).of(query());
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

void InboxPane::onCurrentChanged(int row)
{
    if (m_isRearranging)
        return;
    const ConversationId id = m_model.conversationAt(row);
    if (id == m_current)
        return;
    m_current = id;
    if (!id.isValid())
        return;
    m_resumeAt = ConversationId();
    m_model.setFrozen(true);
    Q_EMIT targetsChanged();
    Q_EMIT conversationChosen(id);
    // What was done with moves out only now, not while the view is in the middle of moving.
    QMetaObject::invokeMethod(
        this, [this, id] { m_model.settle(id); }, Qt::QueuedConnection);
}

void InboxPane::onArranged()
{
    m_isRearranging = true;
    const int row = m_model.rowOf(m_current);
    m_table->setCurrentIndex(row < 0 ? QModelIndex() : m_model.index(row));
    m_isRearranging = false;
    m_newOnes->setVisible(m_model.waitingCount() > 0 && m_model.isFrozen());
    updateState();
}

QList<ConversationRecord> InboxPane::targets(ConversationId shown, int most) const
{
    if (m_model.markedCount() > 0 && isShown())
        return m_model.marked(most);
    return shown.isValid() ? QList<ConversationRecord>{record(shown)} : QList<ConversationRecord>();
}

QList<ConversationRecord> InboxPane::dragged(const QList<ConversationId> &ids) const
{
    if (ids.size() > 1)
        return m_model.marked();
    return ids.isEmpty() ? QList<ConversationRecord>() : QList<ConversationRecord>{record(ids.constFirst())};
}

ConversationRecord InboxPane::record(ConversationId id) const
{
    if (const ConversationRecord *known = m_model.rowOf(id) >= 0 ? m_model.record(id) : nullptr)
        return *known;
    ConversationRecord bare;
    bare.id = id;
    return bare;
}

void InboxPane::selectNext(int step)
{
    int from = m_table->currentIndex().row();
    if (from < 0) {
        const int resume = m_model.rowOf(m_resumeAt);
        from = step > 0 ? resume - (resume < 0 ? 0 : 1) : std::max(resume, 0);
    }
    const int to = from + step;
    if (to >= 0 && to < m_model.rowCount())
        m_table->setCurrentIndex(m_model.index(to));
}

bool InboxPane::select(ConversationId id)
{
    const int row = m_model.rowOf(id);
    if (row < 0)
        return false;
    m_table->setCurrentIndex(m_model.index(row));
    return true;
}

void InboxPane::goOnFrom(const QList<ConversationId> &through)
{
    if (through.isEmpty() || !isShown())
        return;
    // A reply to one of many that are marked leaves the others marked.
    if (m_model.isMarked(through.constFirst()) && through.size() == m_model.markedCount())
        return clearMarks();
    m_model.unmark(through);
    if (through.size() == 1 && through.constFirst() == m_current)
        goOn();
}

void InboxPane::goOn()
{
    switch (AfterDeed::chosen()) {
    case AfterDeed::Step::next:
        return selectNext(1);
    case AfterDeed::Step::stay:
        return;
    case AfterDeed::Step::list:
        return leaveCurrent();
    }
}

/// Nothing is shown until the person picks a row; the arrow keys go on from where the list was.
void InboxPane::leaveCurrent()
{
    const int row = m_table->currentIndex().row();
    m_resumeAt = m_model.conversationAt(row + 1 < m_model.rowCount() ? row + 1 : row - 1);
    clearCurrent();
    Q_EMIT conversationChosen(ConversationId());
    Q_EMIT targetsChanged();
    takeFocus();
}

void InboxPane::clearCurrent()
{
    // The greyed ones go now: the place is the next one that stays.
    for (int row = m_table->currentIndex().row(); row >= 0 && row < m_model.rowCount() && !m_resumeAt.isValid();
         ++row) {
        if (!m_model.index(row).data(int(ConversationListModel::Role::hasLeft)).toBool())
            m_resumeAt = m_model.conversationAt(row);
    }
    m_current = ConversationId();
    m_table->setCurrentIndex({});
    m_model.setFrozen(false);
    m_newOnes->hide();
}

void InboxPane::markByPointer(int row, bool isRange)
{
    const ConversationId id = m_model.conversationAt(row);
    const int last = m_model.rowOf(m_markedLast);
    const int from = last < 0 ? m_model.rowOf(m_current) : last;
    if (isRange && from >= 0) {
        m_model.markRange(std::min(from, row), std::max(from, row));
    } else if (id.isValid()) {
        m_model.setMarked(id, !m_model.isMarked(id));
    }
    m_markedLast = id;
}

void InboxPane::toggleMark()
{
    if (const auto other = m_markElsewhere ? m_markElsewhere() : std::nullopt) {
        m_model.setMarked(*other, !m_model.isMarked(other->id));
        return;
    }
    const ConversationId id = m_model.conversationAt(m_table->currentIndex().row());
    if (id.isValid())
        m_model.setMarked(id, !m_model.isMarked(id));
}

void InboxPane::extendMark(int step)
{
    m_model.setMarked(m_model.conversationAt(m_table->currentIndex().row()), true);
    selectNext(step);
    m_model.setMarked(m_model.conversationAt(m_table->currentIndex().row()), true);
}

void InboxPane::showProgress(int done, int total)
{
    m_bulkBar->showProgress(done, total);
}

void InboxPane::endProgress()
{
    m_bulkBar->endProgress(m_model.markedCount());
}

} // namespace Earshot
