// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/replica/desktop.h"
#include "tests/server/cuttingproxy.h"

namespace Earshot {

/// A server and two desks of Kim's, the second one behind a proxy: what tests of drafts begin with. begin() and end()
/// belong into a test's init() and cleanup().
class TwoDesks
{
protected:
    // A member, as other tests of this folder have a function of this name.
    [[nodiscard]] static QString str(const char *text) { return QString::fromUtf8(text); }

    static constexpr ConversationId ofAll{1};
    static constexpr ConversationId ofSales{2};

    void begin();
    void end();
    /// As far as the file.
    void type(Desktop &desktop, const char *text, ConversationId conversation = ofAll,
              DraftRecord::Mode mode = DraftRecord::Mode::reply);
    void drop(Desktop &desktop, ConversationId conversation = ofAll, DraftRecord::Mode mode = DraftRecord::Mode::reply);
    void away();
    void back(Desktop &desktop);
    [[nodiscard]] static QStringList texts(Desktop &desktop)
    {
        return desktop.rows(str("SELECT text FROM draft WHERE device = '' ORDER BY conversation, mode"));
    }
    [[nodiscard]] static QStringList beside(Desktop &desktop)
    {
        return desktop.rows(str("SELECT text FROM draft WHERE device <> '' ORDER BY text"));
    }
    /// Both have this draft and nothing beside, and the server too.
    [[nodiscard]] bool areAlike(const QStringList &drafts);
    [[nodiscard]] QStringList there(const QString &sql) { return firstColumn(m_world->workspace(), sql); }

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<CuttingProxy> m_line; ///< of the second desk
    std::unique_ptr<Desktop> m_one;
    std::unique_ptr<Desktop> m_other;
    quint16 m_port = 0;
};

} // namespace Earshot
