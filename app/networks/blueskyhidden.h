// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/blueskysession.h"

namespace Earshot {

/// Asks which lists of people the account mutes or blocks as a whole: what those write is in no list of notifications,
/// and others may put a customer on one at any time. (Single people who were muted or blocked are not told: somebody
/// wanted exactly that.) Ends with words for the channel's health, empty when there are none. A server that does not
/// tell is no error.
class BlueskyHidden final : public Errand<QString>
{
public:
    BlueskyHidden(BlueskySession &session, QObject *parent);

private:
    void ask(const QByteArray &method);

    BlueskySession &m_session;
    QStringList m_names;
};

} // namespace Earshot
