// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/replica/doer.h"

namespace Earshot {

/// What colleagues of a random history insist on: they do something over what is before their eyes, by force; and look
/// outside what became of replies, and send them again or say that they did arrive.
class Insisting
{
public:
    Insisting(ServerWorld &world, const NetworkBeside &network, Doer &doer, QRandomGenerator &random)
        : m_world(world)
        , m_network(network)
        , m_doer(doer)
        , m_chooser(world, network, random)
        , m_random(random)
    {
    }

    /// Something, at a desktop that is open.
    void act(Colleague &colleague);
    /// Of what is based on all that is there: whoever was told that it is kept had no more before the eyes than now.
    static void noteSeen(Colleague &colleague);

private:
    void insist(Colleague &colleague);
    void lookOutside(Colleague &colleague);
    void perform(Colleague &colleague, DeskDeed deed, ActionArguments arguments, bool isForced);

    ServerWorld &m_world;
    const NetworkBeside &m_network;
    Doer &m_doer; ///< has the words: no text is typed twice
    Doer m_chooser;
    QRandomGenerator &m_random;
};

} // namespace Earshot
