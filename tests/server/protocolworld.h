// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/server/serverworld.h"

namespace Earshot {

class Courier;

/// The small desk that the page's examples are run against, with something of every type and trouble, and a courier
/// like the server's own.
class ProtocolWorld final : public ServerWorld
{
public:
    ProtocolWorld();
    ~ProtocolWorld();

private:
    void furnish();
    void connectNetworks();

    std::unique_ptr<Courier> m_courier;
};

} // namespace Earshot
