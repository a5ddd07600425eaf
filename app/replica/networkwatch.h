// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QNetworkInformation>

namespace Earshot {

/// Tells that the machine has a network again, as its system sees it (QNetworkInformation); where that does not say, it
/// never does. Lives on the main thread.
class NetworkWatch final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Not before it is needed: asking the system costs memory and a moment. Again: nothing.
    void begin();

Q_SIGNALS:
    void cameBack();

private:
    void onReachability(QNetworkInformation::Reachability now);

    bool m_hasBegun = false;
    bool m_isThere = false;
};

} // namespace Earshot
