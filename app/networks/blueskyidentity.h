// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/blueskyclient.h"

namespace Earshot {

/// Who somebody is on the public network.
struct BlueskyIdentity
{
    QString did;
    QString handle; ///< as the document claims it; may be empty
    QUrl server;    ///< the personal data server where the account lives
};

/// Finds the account that a handle or a DID names (https://atproto.com/specs/handle, /did): the handle's DID from the
/// public AppView or from the handle's own host, the DID's document from its directory. A handle counts only when the
/// document names it as well. Errors: notFound, and those of the transport.
class BlueskyLookup final : public Errand<BlueskyIdentity>
{
public:
    enum class Way {
        everywhere,
        ownHost, ///< asks the handle's own host alone: nobody else learns what was pasted
    };
    BlueskyLookup(BlueskyClient &client, const QString &name, Way way, QObject *parent);

private:
    void askAppView();
    void askOwnHost();
    void askDocument(const QString &did);
    void takeDocument(const QString &did, const Result<HttpAnswer> &answer);

    BlueskyClient &m_client;
    QString m_name;
};

/// Where those who have no account here read (https://docs.bsky.app/docs/advanced-guides/api-directory).
[[nodiscard]] QUrl publicAppView();

} // namespace Earshot
