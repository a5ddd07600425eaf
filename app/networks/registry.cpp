// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/registry.h"

#include "networks/blueskyconnector.h"
#include "networks/blueskysignin.h"
#include "networks/feedconnector.h"
#include "networks/mastodonconnector.h"
#include "networks/mastodonsignin.h"
#include "networks/wordpressconnector.h"

namespace Earshot {

std::unique_ptr<Connector> makeConnector(const ChannelAccess &access, const NetworkSetting &setting)
{
    switch (access.network) {
    case Network::feed:
        return std::make_unique<FeedConnector>(access, setting);
    case Network::mastodon:
        return std::make_unique<MastodonConnector>(access, setting);
    case Network::wordpress:
        return std::make_unique<WordPressConnector>(access, setting);
    case Network::bluesky:
        return std::make_unique<BlueskyConnector>(access, setting);
    }
    return nullptr;
}

std::unique_ptr<BrowserSignIn> makeSignIn(Network network, const QString &address, const NetworkSetting &setting)
{
    switch (network) {
    case Network::mastodon:
        return std::make_unique<MastodonSignIn>(address, setting);
    case Network::bluesky:
        return std::make_unique<BlueskySignIn>(address, setting);
    case Network::feed:
    case Network::wordpress:
        break;
    }
    return nullptr;
}

} // namespace Earshot
