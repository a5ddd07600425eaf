// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/panefolding.h"

#include <QApplication>
#include <QEvent>
#include <QFontMetrics>
#include <QSplitter>

#include <algorithm>

namespace Earshot {

namespace {

/// A line of a conversation that is still read easily.
constexpr int readableLetters = 64;

} // namespace

PaneFolding::PaneFolding(QSplitter &splitter, QWidget &views, QWidget &list, QWidget &conversation, QObject *parent)
    : QObject(parent)
    , m_splitter(splitter)
    , m_views(views)
    , m_list(list)
    , m_conversation(conversation)
{
    // Else the panes that are there would keep the window from becoming narrower than they are together.
    splitter.setMinimumWidth(std::max(list.minimumWidth(), conversation.minimumWidth()));
    splitter.installEventFilter(this);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) { bringFor(now); });
}

int PaneFolding::readableWidth() const
{
    return std::max(m_conversation.minimumWidth(), m_conversation.fontMetrics().averageCharWidth() * readableLetters);
}

PaneFolding::Room PaneFolding::roomIn(int width) const
{
    const int both = m_list.minimumWidth() + m_splitter.handleWidth() + readableWidth();
    if (width >= both + m_splitter.handleWidth() + m_views.minimumWidth())
        return Room::forAll;
    return width >= both ? Room::forTwo : Room::forOne;
}

bool PaneFolding::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_splitter && event->type() == QEvent::Resize)
        fit();
    return QObject::eventFilter(watched, event);
}

void PaneFolding::fit()
{
    const Room room = roomIn(m_splitter.width());
    if (room == m_room) {
        share();
        return;
    }
    if (m_room == Room::forAll)
        m_whole = m_splitter.saveState();
    m_room = room;
    show();
    if (m_room == Room::forAll && !m_whole.isEmpty())
        m_splitter.restoreState(m_whole);
    share();
    Q_EMIT changed();
}

/// Where there are two, the list is the first to give way.
void PaneFolding::share()
{
    const int spare = m_splitter.width() - m_splitter.handleWidth() - readableWidth();
    if (m_room == Room::forTwo && m_front != Pane::views && m_splitter.sizes().constLast() < readableWidth())
        m_splitter.setSizes({0, spare, readableWidth()});
}

void PaneFolding::show()
{
    const bool isSingle = m_room == Room::forOne;
    const bool hasViews = m_room == Room::forAll || m_front == Pane::views;
    const bool hasList = !isSingle || m_front == Pane::list;
    const bool hasConversation =
        m_room == Room::forAll || m_front == Pane::conversation || (m_room == Room::forTwo && m_front == Pane::list);
    // First what comes: what has the keyboard must not lose it by going.
    const std::pair<QWidget *, bool> panes[] = {
        {&m_views, hasViews}, {&m_list, hasList}, {&m_conversation, hasConversation}};
    for (const auto &[pane, isThere] : panes) {
        if (isThere)
            pane->show();
    }
    for (const auto &[pane, isThere] : panes) {
        if (!isThere)
            pane->hide();
    }
}

void PaneFolding::bringFor(const QWidget *widget)
{
    if (!widget)
        return;
    const auto has = [widget](const QWidget &pane) { return &pane == widget || pane.isAncestorOf(widget); };
    if (has(m_views))
        bring(Pane::views);
    else if (has(m_list))
        bring(Pane::list);
    else if (has(m_conversation))
        bring(Pane::conversation);
}

void PaneFolding::bring(Pane pane)
{
    if (m_front == pane)
        return;
    m_front = pane;
    if (m_room == Room::forAll)
        return;
    show();
    share();
    Q_EMIT changed();
}

QByteArray PaneFolding::state() const
{
    return m_room == Room::forAll ? m_splitter.saveState() : m_whole;
}

bool PaneFolding::restore(const QByteArray &state)
{
    if (m_room != Room::forAll) {
        m_whole = state;
        return !state.isEmpty();
    }
    return m_splitter.restoreState(state);
}

} // namespace Earshot
