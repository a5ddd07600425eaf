// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QChildEvent>
#include <QFutureWatcher>
#include <QPointer>

namespace Earshot {

/// Holds the next answer that a widget waits for by whenDone() back until it is let go; those after it pass.
class HeldAnswer final : public QObject
{
public:
    explicit HeldAnswer(QObject &asks) { asks.installEventFilter(this); }
    /// It was answered, and the widget does not know.
    [[nodiscard]] bool isHeld() const { return m_watcher && m_watcher->isFinished(); }
    void letGo()
    {
        if (m_watcher)
            Q_EMIT m_watcher->finished();
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::ChildAdded)
            static_cast<QChildEvent *>(event)->child()->installEventFilter(this);
        if (event->type() != QEvent::FutureCallOut)
            return false;
        if (!m_isHolding)
            m_watcher = qobject_cast<QFutureWatcherBase *>(watched);
        m_isHolding = true;
        return watched == m_watcher;
    }

private:
    QPointer<QFutureWatcherBase> m_watcher;
    bool m_isHolding = false;
};

} // namespace Earshot
