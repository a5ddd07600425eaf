// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/threadpage.h"

#include "ui/conversation/threaddelegate.h"
#include "ui/shell/errortext.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/retrybutton.h"
#include "ui/shell/whendone.h"

#include <QListView>
#include <QMouseEvent>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace Earshot {

ThreadPage::ThreadPage(Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_model(desk.workspace().clock())
    , m_title(new PlainLabel(this))
    , m_retry(new RetryButton(QStringLiteral("threadRetry"), this, this))
    , m_leftOut(new PlainLabel(this))
    , m_more(new QPushButton(tr("Show more"), this))
    , m_list(new QListView(this))
{
    setObjectName(QStringLiteral("threadPage"));
    m_title->setObjectName(QStringLiteral("threadTitle"));
    m_title->setBold(true);
    m_title->setWrapping(true);
    m_title->setContentsMargins(14, 8, 14, 8);
    m_list->setObjectName(QStringLiteral("threadList"));
    m_list->setAccessibleName(tr("The whole thread"));
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new ThreadDelegate(m_model, desk.workspace().clock(), m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_title);
    auto *retry = new QHBoxLayout;
    retry->setContentsMargins(14, 0, 14, 0);
    retry->addWidget(m_retry);
    retry->addStretch(1);
    column->addLayout(retry);
    column->addLayout(makeLeftOut());
    column->addWidget(m_list, 1);
    setFocusProxy(m_list);
    m_list->viewport()->installEventFilter(this);
    m_slow.setSingleShot(true);
    m_slow.setInterval(100);
    connect(&m_slow, &QTimer::timeout, this, [this] { m_title->setText(tr("Loading…")); });
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &ThreadPage::load);
    connect(m_retry, &QPushButton::clicked, this, [this] {
        m_slow.start();
        load();
    });
    connect(&m_desk, &Desk::changed, this, &ThreadPage::onChanged);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current, const QModelIndex &previous) {
                // The one is as tall as its text now, the other no more.
                for (const QModelIndex &index : {previous, current})
                    Q_EMIT m_list->itemDelegate()->sizeHintChanged(index);
                if (!m_isTaking)
                    QMetaObject::invokeMethod(
                        m_list, [this] { m_list->scrollTo(m_list->currentIndex()); }, Qt::QueuedConnection);
            });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &current) {
        if (m_isTaking)
            return;
        if (const ConversationRecord *work = m_model.conversation(current.row()))
            Q_EMIT conversationWanted(work->id);
        Q_EMIT currentChanged();
    });
    connect(m_list, &QListView::activated, this, [this](const QModelIndex &index) {
        if (const ConversationRecord *work = m_model.conversation(index.row()))
            Q_EMIT messageOpened(work->id, m_model.message(index.row())->id);
    });
}

QHBoxLayout *ThreadPage::makeLeftOut()
{
    m_leftOut->setObjectName(QStringLiteral("threadLeftOut"));
    m_leftOut->setQuiet(true);
    m_leftOut->setWrapping(true);
    m_leftOut->hide();
    m_more->setObjectName(QStringLiteral("threadMore"));
    m_more->setAccessibleName(tr("Show more messages of the thread"));
    m_more->hide();
    connect(m_more, &QPushButton::clicked, this, &ThreadPage::loadMore);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(14, 0, 14, 0);
    row->addWidget(m_leftOut, 1);
    row->addWidget(m_more);
    return row;
}

bool ThreadPage::eventFilter(QObject *watched, QEvent *event)
{
    const bool isPress = event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonDblClick;
    if (watched == m_list->viewport() && isPress) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const bool isMark = mouse->button() == Qt::LeftButton && mouse->modifiers() == Qt::ControlModifier;
        const ConversationRecord *work = m_model.conversation(m_list->indexAt(mouse->position().toPoint()).row());
        // What is current stays: it says which conversation keys act on.
        if (isMark) {
            m_list->setFocus(Qt::MouseFocusReason);
            if (work)
                Q_EMIT markWanted(*work);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void ThreadPage::open(ConversationId around, MessageId current)
{
    m_around = around;
    m_wanted = current;
    m_isFirst = true;
    m_most = mostThreadMessages;
    m_readings.forget();
    m_again.stop();
    clear();
    if (around.isValid())
        m_slow.start();
    load();
}

void ThreadPage::clear()
{
    const QScopedValueRollback quietly(m_isTaking, true);
    m_title->setText({});
    m_leftOut->hide();
    m_more->hide();
    m_retry->done();
    m_model.take({});
    m_list->setCurrentIndex({});
}

const MessageRecord *ThreadPage::current() const
{
    const int row = m_list->currentIndex().row();
    return m_model.conversation(row) ? m_model.message(row) : nullptr;
}

bool ThreadPage::isOnStranger() const
{
    return m_list->currentIndex().isValid() && !m_model.conversation(m_list->currentIndex().row());
}

void ThreadPage::setMarks(std::function<bool(ConversationId)> isMarked)
{
    static_cast<ThreadDelegate *>(m_list->itemDelegate())->setMarks(std::move(isMarked));
}

void ThreadPage::load()
{
    if (!m_around.isValid())
        return;
    whenDone(readThread(m_desk.workspace(), m_desk.me(), m_around, m_most), this,
             [this, question = m_readings.ask()](const Result<ThreadReading> &reading) {
                 if (!m_readings.take(question))
                     return;
                 m_slow.stop();
                 if (reading)
                     return take(*reading);
                 if (!m_isFirst)
                     return Q_EMIT failed(reading.error());
                 m_title->setTrouble(tr("The thread could not be read. %1").arg(ErrorText::of(reading.error())));
                 m_retry->show();
             });
}

void ThreadPage::loadMore()
{
    // It may be gone when it was pressed.
    m_list->setFocus();
    m_most += mostThreadMessages;
    load();
}

void ThreadPage::take(const ThreadReading &reading)
{
    const bool wasFirst = m_isFirst;
    m_isFirst = false;
    m_retry->done();
    const QString count = tr("%Ln message(s)", nullptr, int(reading.messages.size() + reading.leftOut));
    m_leftOut->setText(tr("%Ln message(s) after the first one are not shown.", nullptr, int(reading.leftOut)));
    m_leftOut->setVisible(reading.leftOut > 0);
    m_more->setVisible(reading.leftOut > 0);
    m_title->setText(reading.title.isEmpty() ? tr("The whole thread · %1").arg(count)
                                             : reading.title + QStringLiteral(" · ") + count);
    const auto place = placeOnScreen();
    const MessageRecord *before = m_model.message(m_list->currentIndex().row());
    MessageId kept = wasFirst || !before ? m_wanted : before->id;
    {
        const QScopedValueRollback quietly(m_isTaking, true);
        m_model.take(reading);
        int row = m_model.rowOf(kept);
        if (row < 0 && wasFirst)
            row = newestRowOf(m_around);
        m_list->setCurrentIndex(m_model.index(row));
    }
    if (wasFirst)
        m_list->scrollTo(m_list->currentIndex(), QAbstractItemView::PositionAtCenter);
    else if (place.first.isValid())
        m_list->verticalScrollBar()->setValue(m_list->verticalScrollBar()->value() +
                                              m_list->visualRect(place.first).top() - place.second);
    Q_EMIT currentChanged();
}

std::pair<QPersistentModelIndex, int> ThreadPage::placeOnScreen() const
{
    const QRect shown = m_list->viewport()->rect();
    const bool isCurrent = m_list->visualRect(m_list->currentIndex()).intersects(shown);
    const QModelIndex index = isCurrent ? m_list->currentIndex() : m_list->indexAt({shown.width() / 2, 0});
    return {index, m_list->visualRect(index).top()};
}

void ThreadPage::follow(ConversationId conversation)
{
    const ConversationRecord *work = m_model.conversation(m_list->currentIndex().row());
    if (work && work->id == conversation)
        return;
    {
        const QScopedValueRollback quietly(m_isTaking, true);
        m_list->setCurrentIndex(m_model.index(newestRowOf(conversation)));
    }
    Q_EMIT currentChanged();
}

int ThreadPage::newestRowOf(ConversationId conversation) const
{
    int row = m_model.rowCount() - 1;
    while (row >= 0 && !(m_model.conversation(row) && m_model.conversation(row)->id == conversation))
        --row;
    return row;
}

void ThreadPage::onChanged(const CommitNotice &notice)
{
    if (notice.hasWithdrawn) {
        const MessageRecord *now = current();
        open(isHidden() ? ConversationId() : m_around, now ? now->id : m_wanted);
        return;
    }
    if (isHidden() || (notice.conversations.isEmpty() && !notice.hasChannels))
        return;
    const bool isOurs = std::any_of(notice.conversations.cbegin(), notice.conversations.cend(),
                                    [this](ConversationId id) { return m_model.holds(id); });
    // Whether a newcomer's conversation belongs here is known only by reading: that may wait a second.
    const int delay = isOurs ? 30 : 1000;
    if (!m_again.isActive() || m_again.remainingTime() > delay)
        m_again.start(delay);
}

} // namespace Earshot
