// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/future.h"

namespace Earshot {

/// A piece of work of several requests one after the other. Lives on the network thread as a child of the one that
/// started it; its future ends exactly once: with end(), or as `cancelled` when it is destroyed before. After end() it
/// deletes itself.
template <class T>
class Errand : public QObject
{
public:
    explicit Errand(QObject *parent)
        : QObject(parent)
    {
    }
    [[nodiscard]] QFuture<Result<T>> future() const { return m_pending->future(); }

    /// Nothing of the errand may be touched afterwards: who waits for the future may delete its parent. Only the first
    /// call counts.
    void end(Result<T> result)
    {
        deleteLater();
        const std::shared_ptr<Pending<T>> pending = m_pending;
        pending->end(std::move(result));
    }

protected:
    /// Goes on when the session knows its server and account; ends with the error otherwise.
    template <class Session, class Then>
    void whenPrepared(Session &session, Then then)
    {
        session.prepare(this, [this, then = std::move(then)](const Done &done) {
            if (done)
                then();
            else
                end(tl::unexpected(done.error()));
        });
    }

private:
    const std::shared_ptr<Pending<T>> m_pending = Pending<T>::create();
};

} // namespace Earshot
